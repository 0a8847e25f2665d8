using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace RxWormhole;

/// <summary>What says what a frame is, without the body, which may be long.</summary>
/// <param name="Type">The kind of message.</param>
/// <param name="Side">Whose it is, or null.</param>
/// <param name="Phase">A message's phase, or null.</param>
/// <param name="Received">When the server took the message, in its own words, or null.</param>
/// <param name="Error">What an error says, or null.</param>
internal readonly record struct FrameHead(string? Type, string? Side, string? Phase, string? Received, string? Error)
{
    /// <summary>Reads a frame, untrusted.</summary>
    /// <returns>False where it is not a JSON object with a type.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> frame, out FrameHead head)
    {
        head = default;
        try
        {
            var reader = new Utf8JsonReader(frame);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                head = head.With(ref reader);
            return head.Type is not null && !reader.Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or text in it that is not UTF-8: the reader's two ways to say so.
            return false;
        }
    }

    [SuppressMessage("Style", "IDE0072:Add missing cases", Justification = "Other keys are passed over.")]
    private FrameHead With(ref Utf8JsonReader reader)
    {
        var (isType, isSide, isPhase) = (reader.ValueTextEquals("type"u8), reader.ValueTextEquals("side"u8), reader.ValueTextEquals("phase"u8));
        var (isReceived, isError) = (reader.ValueTextEquals("server_rx"u8), reader.ValueTextEquals("error"u8));
        reader.Read();
        if (isReceived && reader.TokenType == JsonTokenType.Number)
            return this with { Received = Encoding.UTF8.GetString(reader.ValueSpan) };
        if (reader.TokenType != JsonTokenType.String || !(isType || isSide || isPhase || isError))
        {
            reader.Skip();
            return this;
        }

        var text = reader.GetString();
        return isType ? this with { Type = text } : isSide ? this with { Side = text } : isPhase ? this with { Phase = text } : this with { Error = text };
    }
}
