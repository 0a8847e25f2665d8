using System.Text.Json;
using System.Text.Json.Nodes;

namespace RxWormhole.Protocol;

/// <summary>Writes what a welcome says in its properties into its JSON, which is what goes over the wire.</summary>
internal static class WelcomeWriter
{
    internal static string Write(WelcomeInfo welcome, KeepPolicy keep)
    {
        var json = Parse(welcome.Json);
        if (welcome.Motd is not null)
            json["motd"] = welcome.Motd;
        if (welcome.Error is not null)
            json["error"] = welcome.Error;
        if (welcome.CurrentCliVersion is not null)
            json["current_cli_version"] = welcome.CurrentCliVersion;
        if (welcome.Permission is { } permission)
            json["permission-required"] ??= Describe(permission);
        if (welcome.MailboxKeepSeconds is { } seconds)
            json["mailbox-keep-seconds"] = seconds;
        else if (keep.Longest > keep.Usual)
            json["mailbox-keep-seconds"] = (int)keep.Longest.TotalSeconds;
        return json.ToJsonString();
    }

    private static JsonObject Parse(string json)
    {
        try
        {
            if (JsonNode.Parse(json) is JsonObject parsed)
                return parsed;
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new ArgumentException("The Json of a welcome must be a JSON object.", nameof(json));
    }

    private static JsonObject Describe(PermissionRequired permission)
    {
        var json = new JsonObject();
        // The Rust client insists on the key, with null for "not offered".
        json["none"] = permission.None ? new JsonObject() : null;
        if (permission.Hashcash is { } hashcash)
            json["hashcash"] = new JsonObject { ["bits"] = hashcash.Bits, ["resource"] = hashcash.Resource };
        foreach (var method in permission.Methods)
        {
            if (!json.ContainsKey(method))
                json[method] = new JsonObject();
        }

        return json;
    }
}
