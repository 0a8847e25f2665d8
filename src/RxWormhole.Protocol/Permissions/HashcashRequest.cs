using System.Text.Json;

namespace RxWormhole.Protocol;

/// <summary>The hashcash stamp a server asks for.</summary>
/// <param name="Bits">With how many zero bits the SHA-1 of the stamp has to begin; the work is 2 to that power.</param>
/// <param name="Resource">The text the stamp has to be made for; it has no colon.</param>
public sealed record HashcashRequest(int Bits, string Resource)
{
    // Bits beyond a hash's length or a resource that cannot stand in a stamp could never be answered: not offered.
    internal static HashcashRequest? From(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object &&
        element.TryGetProperty("bits", out var bits) && bits.ValueKind == JsonValueKind.Number && bits.TryGetInt32(out var count) &&
        count is >= 0 and <= Protocol.Hashcash.MaxBits &&
        element.TryGetProperty("resource", out var resource) && resource.ValueKind == JsonValueKind.String &&
        Protocol.Hashcash.IsResource(resource.GetString()!)
            ? new HashcashRequest(count, resource.GetString()!)
            : null;
}
