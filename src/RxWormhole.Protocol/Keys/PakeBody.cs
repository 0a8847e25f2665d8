using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace RxWormhole.Protocol;

/// <summary>The body of the phase <c>pake</c>: <c>{"pake_v1": "53…"}</c>, the one message that is not sealed.</summary>
/// <remarks>Source: key exchange, section 3.5.</remarks>
public static class PakeBody
{
    /// <summary>Writes the body with our message of the key exchange, byte for byte as the Python client does.</summary>
    public static byte[] Write(ReadOnlySpan<byte> message) =>
        Encoding.UTF8.GetBytes($$"""{"pake_v1": "{{Convert.ToHexStringLower(message)}}"}""");

    /// <summary>Reads the peer's body; false where it is not an object with hex digits, in either case, under <c>pake_v1</c>.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out byte[]? message)
    {
        message = null;
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object ||
                !document.RootElement.TryGetProperty("pake_v1", out var value) ||
                value.ValueKind != JsonValueKind.String)
            {
                return false;
            }

            message = Convert.FromHexString(value.GetString()!);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            // Not JSON, not hex, or text that is not UTF-8: the reader's way to say so.
            return false;
        }
    }
}
