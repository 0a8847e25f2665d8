using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RxWormhole.Protocol;

/// <summary>Writes one frame: a JSON object, key by key. A key whose value is null is left out.</summary>
/// <remarks>Nothing secret goes into frames, so that their buffers may be used again as they are.</remarks>
internal ref struct FrameWriter
{
    private const int UsualLength = 1024;
    private const int LongestNumber = 32;

    // What a JSON text holds as it is; whatever else is there, the encoder knows.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ -_.:/,;=()[]{}*!?#$%@^~|");

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private byte[] bytes = ArrayPool<byte>.Shared.Rent(UsualLength);
    private int length;

    internal FrameWriter(string type)
    {
        Put("{\"type\":"u8);
        Put(type);
    }

    internal void Text(ReadOnlySpan<byte> key, string? text)
    {
        if (text is null)
            return;
        Key(key);
        Put(text);
    }

    /// <summary>The JSON text of any value, which is not looked at.</summary>
    /// <exception cref="ArgumentException">It is empty, or no text.</exception>
    internal void Raw(ReadOnlySpan<byte> key, string? json)
    {
        if (json is null)
            return;
        ArgumentException.ThrowIfNullOrEmpty(json);
        Key(key);
        length += Strict.GetBytes(json, Room(Strict.GetByteCount(json)));
    }

    /// <summary>The JSON text of a value that has to be one.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    internal void Checked(ReadOnlySpan<byte> key, string json)
    {
        var start = length;
        Raw(key, json);
        var reader = new Utf8JsonReader(bytes.AsSpan((start + key.Length + 4)..length));
        while (reader.Read())
        {
        }
    }

    internal void Whole(ReadOnlySpan<byte> key, int? number)
    {
        if (number is not { } value)
            return;
        Key(key);
        Utf8Formatter.TryFormat(value, Room(LongestNumber), out var count);
        length += count;
    }

    /// <exception cref="ArgumentException">JSON has no such number.</exception>
    internal void Seconds(ReadOnlySpan<byte> key, double? seconds)
    {
        if (seconds is not { } value)
            return;
        if (!double.IsFinite(value))
            throw new ArgumentException("A time has to be a number.", nameof(seconds));
        Key(key);
        Utf8Formatter.TryFormat(value, Room(LongestNumber), out var count);
        length += count;
    }

    internal void Texts(ReadOnlySpan<byte> key, params ReadOnlySpan<string> texts)
    {
        Key(key);
        for (var i = 0; i < texts.Length; i++)
        {
            Put(i == 0 ? "["u8 : ","u8);
            Put(texts[i]);
        }

        Put("]"u8);
    }

    /// <summary>An array of objects, each of which has only an id.</summary>
    internal void Ids(ReadOnlySpan<byte> key, IReadOnlyList<string> ids)
    {
        Key(key);
        Put("["u8);
        for (var i = 0; i < ids.Count; i++)
        {
            Put(i == 0 ? "{\"id\":"u8 : ",{\"id\":"u8);
            Put(ids[i]);
            Put("}"u8);
        }

        Put("]"u8);
    }

    /// <summary>The whole frame. There is no other behind it.</summary>
    internal byte[] End()
    {
        Put("}"u8);
        var frame = bytes.AsSpan(0, length).ToArray();
        ArrayPool<byte>.Shared.Return(bytes);
        return frame;
    }

    /// <inheritdoc cref="End()"/>
    internal void End(IBufferWriter<byte> output)
    {
        Put("}"u8);
        output.Write(bytes.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(bytes);
    }

    private void Key(ReadOnlySpan<byte> key)
    {
        Put(",\""u8);
        Put(key);
        Put("\":"u8);
    }

    private void Put(string text)
    {
        Put("\""u8);
        var escaped = text.AsSpan().ContainsAnyExcept(Plain) ? JavaScriptEncoder.Default.Encode(text) : text;
        length += Encoding.ASCII.GetBytes(escaped, Room(escaped.Length));
        Put("\""u8);
    }

    private void Put(ReadOnlySpan<byte> more)
    {
        more.CopyTo(Room(more.Length));
        length += more.Length;
    }

    private Span<byte> Room(int count)
    {
        if (count > bytes.Length - length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * bytes.Length, length + count));
            bytes.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }

        return bytes.AsSpan(length);
    }
}
