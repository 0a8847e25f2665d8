using System.Text.Json;

namespace RxWormhole.Benchmarks.Load;

/// <summary>What of a server's message an exchange looks at.</summary>
internal readonly ref struct ServerFrame
{
    internal ServerFrame(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // What is not nested in these messages, and needs no unescaping.
            var name = reader.ValueSpan;
            reader.Read();
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                reader.Skip();
            else if (name.SequenceEqual("type"u8))
                Type = reader.ValueSpan;
            else if (name.SequenceEqual("id"u8))
                Id = reader.ValueSpan;
            else if (name.SequenceEqual("side"u8))
                Side = reader.ValueSpan;
            else if (name.SequenceEqual("phase"u8))
                Phase = reader.ValueSpan;
            else if (name.SequenceEqual("nameplate"u8) || name.SequenceEqual("mailbox"u8) || name.SequenceEqual("error"u8))
                Value = reader.ValueSpan;
        }
    }

    internal ReadOnlySpan<byte> Type { get; }

    internal ReadOnlySpan<byte> Id { get; }

    internal ReadOnlySpan<byte> Side { get; }

    internal ReadOnlySpan<byte> Phase { get; }

    /// <summary>The nameplate, the mailbox or the error.</summary>
    internal ReadOnlySpan<byte> Value { get; }
}
