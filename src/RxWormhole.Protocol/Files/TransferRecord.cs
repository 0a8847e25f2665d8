using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace RxWormhole.Protocol;

/// <summary>What the two sides say over transit itself: at the end, that all of it is there; between two of ours, at the beginning, where to go on.</summary>
/// <remarks>Source: file transfer, section 5.3.</remarks>
public static class TransferRecord
{
    /// <summary>The longest record that can be one of these, in bytes.</summary>
    public const int MaxLength = 4096;

    /// <summary>Writes the receiver's acknowledgement.</summary>
    /// <param name="sha256">The hash of all that was received.</param>
    public static byte[] WriteAck(ReadOnlySpan<byte> sha256)
    {
        var hash = Convert.ToHexStringLower(sha256);
        return Write(json =>
        {
            json.WriteString("ack", "ok");
            json.WriteString("sha256", hash);
        });
    }

    /// <summary>Reads the receiver's acknowledgement, as strictly as the Go client does: the hash is needed, upper or lower case.</summary>
    /// <param name="record">The record, untrusted.</param>
    /// <param name="sha256">The hash of what was sent.</param>
    /// <param name="reason">Why the transfer failed.</param>
    public static bool IsAck(ReadOnlySpan<byte> record, ReadOnlySpan<byte> sha256, [NotNullWhen(false)] out string? reason)
    {
        var hash = "";
        reason = !TryParse(record, out var root) ? "it answered with what is no acknowledgement" :
            Text(root, "ack") != "ok" ? "it said that it has not got it" :
            (hash = Text(root, "sha256")) is null ? "it did not say the hash of what it has got" :
            !hash.Equals(Convert.ToHexStringLower(sha256), StringComparison.OrdinalIgnoreCase) ? "what it has got is not what was sent: the hashes differ" :
            null;
        return reason is null;
    }

    /// <summary>Writes from where the sender goes on.</summary>
    /// <param name="offset">How many bytes are left out; 0 where the receiver has something else than the beginning.</param>
    public static byte[] WriteOffset(long offset) => Write(json => json.WriteNumber("offset", offset));

    /// <summary>Reads from where the sender goes on.</summary>
    /// <param name="record">The record, untrusted.</param>
    /// <param name="offset">How many bytes are left out, not negative.</param>
    public static bool TryReadOffset(ReadOnlySpan<byte> record, out long offset)
    {
        offset = 0;
        return TryParse(record, out var root) && Find(root, "offset") is { } value && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out offset) && offset >= 0;
    }

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var output = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }

    private static bool TryParse(ReadOnlySpan<byte> record, out JsonElement root)
    {
        root = default;
        try
        {
            var reader = new Utf8JsonReader(record);
            root = JsonElement.ParseValue(ref reader);
            return root.ValueKind == JsonValueKind.Object && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement root, string name)
    {
        try
        {
            return Find(root, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Text that is not UTF-8.
            return null;
        }
    }

    private static JsonElement? Find(JsonElement root, string name)
    {
        try
        {
            return root.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in another name.
            return null;
        }
    }
}
