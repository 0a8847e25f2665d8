using System.Text;
using System.Text.Json;

namespace RxWormhole.Protocol;

// Any JSON value, kept as its text: what is only passed on.
internal readonly record struct RawJson(string? Text)
{
    internal const string Null = "null";

    // The text of a missing value is null, that of a given null is "null".
    internal bool IsMissing => Text is null;

    internal static string OfText(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    internal static RawJson Read(ref Utf8JsonReader reader) => new(reader.TokenType switch
    {
        JsonTokenType.Null => Null,
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        JsonTokenType.String when !reader.ValueIsEscaped => $"\"{reader.GetString()}\"",
        _ => Checked(JsonElement.ParseValue(ref reader)).GetRawText(),
    });

    // Half of a surrogate pair, escaped, is no text, and not every reader of what is passed on bears it.
    private static JsonElement Checked(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            _ = value.GetString();
        return value;
    }
}
