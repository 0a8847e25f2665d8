using System.Text;
using System.Text.Json;

namespace RxWormhole.Protocol;

/// <summary>Takes the keys of a frame.</summary>
internal interface IFrameKeys
{
    /// <summary>Takes one of them; the reader stands at its value, and behind it afterwards.</summary>
    void Take(ReadOnlySpan<byte> key, ref Utf8JsonReader reader);
}

/// <summary>Reads frames, untrusted: JSON objects of which only some keys are looked at. Of a key that is there twice the last one counts.</summary>
internal static class FrameReader
{
    /// <returns>False where it is not a JSON object, and nothing behind it.</returns>
    internal static bool TryRead<TKeys>(ReadOnlySpan<byte> frame, int maxDepth, out TKeys keys)
        where TKeys : struct, IFrameKeys
    {
        keys = default;
        try
        {
            var reader = new Utf8JsonReader(frame, new JsonReaderOptions { MaxDepth = maxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.ValueIsEscaped ? Unescape(reader.ValueSpan) : reader.ValueSpan;
                reader.Read();
                keys.Take(key, ref reader);
            }

            return !reader.Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or text in it that is not UTF-8: the reader's two ways to say so.
            return false;
        }
    }

    // A key that is not UTF-8 is one that nobody knows, escaped or not; half of a surrogate pair, escaped, is no text.
    private static byte[] Unescape(ReadOnlySpan<byte> key)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"\"{Encoding.UTF8.GetString(key)}\""));
        reader.Read();
        return Encoding.UTF8.GetBytes(reader.GetString()!);
    }
}
