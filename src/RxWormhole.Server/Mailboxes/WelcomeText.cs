using System.Text.Json;
using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>The part of a welcome that is for one connection only.</summary>
internal static class WelcomeText
{
    /// <summary>Puts permission and address into a welcome whose JSON has neither.</summary>
    /// <param name="welcome">What all are told.</param>
    /// <param name="permission">The permission this connection has to show, or null.</param>
    /// <param name="yourAddress">The JSON object that says how the server sees the client, or null.</param>
    internal static WelcomeInfo Personal(WelcomeInfo welcome, PermissionRequired? permission, string? yourAddress)
    {
        var json = welcome.Json;
        if (permission?.Hashcash is { } hashcash)
        {
            // The Rust client insists on the key "none", and on the other two being the only ones.
            var required = $$$"""{"none":null,"hashcash":{"bits":{{{hashcash.Bits}}},"resource":"{{{JsonEncodedText.Encode(hashcash.Resource)}}}"}}""";
            json = Add(json, "permission-required", required);
        }

        if (yourAddress is not null)
            json = Add(json, "your-address", yourAddress);
        return welcome with { Permission = permission, Json = json };
    }

    private static string Add(string json, string name, string value) =>
        json == "{}" ? $$"""{"{{name}}":{{value}}}""" : $$"""{{json[..^1]}},"{{name}}":{{value}}}""";
}
