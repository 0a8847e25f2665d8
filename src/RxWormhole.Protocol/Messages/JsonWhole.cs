using System.Text.Json;
using System.Text.Json.Serialization;

namespace RxWormhole.Protocol;

// A number somebody may ask for: null where it is missing or 0; more than there can be is the most there can be.
[JsonConverter(typeof(Converter))]
internal readonly record struct JsonWhole(int? Value, bool IsWrong = false)
{
    internal sealed class Converter : JsonConverter<JsonWhole>
    {
        public override JsonWhole Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Null)
                return default;
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && number >= 0 && double.IsInteger(number))
                return number == 0 ? default : new JsonWhole((int)Math.Min(number, int.MaxValue));
            reader.Skip();
            return new JsonWhole(null, IsWrong: true);
        }

        public override void Write(Utf8JsonWriter writer, JsonWhole value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value ?? 0);
    }
}
