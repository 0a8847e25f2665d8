using System.Text.Json;
using System.Text.Json.Serialization;

namespace RxWormhole.Protocol;

// A time in seconds since 1970; null where it is missing or anything else.
[JsonConverter(typeof(Converter))]
internal readonly record struct JsonSeconds(double? Value)
{
    internal sealed class Converter : JsonConverter<JsonSeconds>
    {
        public override JsonSeconds Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && double.IsFinite(value))
                return new JsonSeconds(value);
            reader.Skip();
            return default;
        }

        public override void Write(Utf8JsonWriter writer, JsonSeconds value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value ?? 0);
    }
}
