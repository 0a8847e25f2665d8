using System.Text.Json;
using System.Text.Json.Serialization;

namespace RxWormhole.Protocol;

// A text field of an untrusted message: missing, a text, or something else that should have been one.
[JsonConverter(typeof(Converter))]
internal readonly record struct JsonText(string? Value, bool IsWrong = false)
{
    internal bool IsMissing => Value is null && !IsWrong;

    public static implicit operator JsonText(string? value) => new(value);

    internal sealed class Converter : JsonConverter<JsonText>
    {
        public override JsonText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
                return new JsonText(reader.GetString());
            reader.Skip();
            return new JsonText(null, IsWrong: true);
        }

        public override void Write(Utf8JsonWriter writer, JsonText value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
