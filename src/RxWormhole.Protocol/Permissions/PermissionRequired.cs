using System.Text.Json;

namespace RxWormhole.Protocol;

/// <summary>The methods by which a server lets a client in; one of them has to be shown before <c>bind</c>.</summary>
/// <remarks>Source: the mailbox protocol, section 2.7.</remarks>
public sealed record PermissionRequired
{
    /// <summary>Whether the server also lets in who shows nothing.</summary>
    public bool None { get; init; }

    /// <summary>The work the server asks for, or null where it does not take hashcash.</summary>
    public HashcashRequest? Hashcash { get; init; }

    /// <summary>The names of all methods the server takes, for a message where we know none of them.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    internal static PermissionRequired? From(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        return new PermissionRequired
        {
            // The Rust client insists on the key, so servers write null for "not offered".
            None = element.TryGetProperty("none", out var none) && none.ValueKind != JsonValueKind.Null,
            Hashcash = element.TryGetProperty("hashcash", out var hashcash) ? HashcashRequest.From(hashcash) : null,
            Methods = [.. element.EnumerateObject().Where(method => method.Value.ValueKind != JsonValueKind.Null).Select(method => method.Name)],
        };
    }
}
