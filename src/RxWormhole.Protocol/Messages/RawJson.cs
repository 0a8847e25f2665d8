using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RxWormhole.Protocol;

// Any JSON value, kept as its text: what is only passed on.
[JsonConverter(typeof(Converter))]
internal readonly record struct RawJson(string? Text)
{
    internal const string Null = "null";

    // The text of a missing value is null, that of a given null is "null".
    internal bool IsMissing => Text is null;

    internal static RawJson OfText(string text) => new($"\"{JsonEncodedText.Encode(text)}\"");

    internal sealed class Converter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.TokenType switch
        {
            JsonTokenType.Null => Null,
            JsonTokenType.Number when !reader.HasValueSequence => Encoding.UTF8.GetString(reader.ValueSpan),
            JsonTokenType.String when !reader.HasValueSequence && !reader.ValueIsEscaped => $"\"{reader.GetString()}\"",
            _ => Checked(JsonElement.ParseValue(ref reader)).GetRawText(),
        });

        // Half of a surrogate pair, escaped, is no text, and not every reader of what is passed on bears it.
        private static JsonElement Checked(JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.String)
                _ = value.GetString();
            return value;
        }

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Text ?? Null, skipInputValidation: true);
    }
}
