using System.Text.Json;
using System.Text.Json.Serialization;

namespace RxWormhole.Protocol;

// A positive number somebody may ask for; null where it is missing or anything else.
[JsonConverter(typeof(Converter))]
internal readonly record struct JsonWhole(int? Value)
{
    internal sealed class Converter : JsonConverter<JsonWhole>
    {
        public override JsonWhole Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value) && value > 0)
                return new JsonWhole(value);
            reader.Skip();
            return default;
        }

        public override void Write(Utf8JsonWriter writer, JsonWhole value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value ?? 0);
    }
}
