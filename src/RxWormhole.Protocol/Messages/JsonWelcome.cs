using System.Text.Json;
using System.Text.Json.Serialization;

namespace RxWormhole.Protocol;

// What a server says about itself; null where it is missing or anything but an object. Written as the text it came as.
[JsonConverter(typeof(Converter))]
internal readonly record struct JsonWelcome(WelcomeInfo? Info)
{
    internal sealed class Converter : JsonConverter<JsonWelcome>
    {
        public override JsonWelcome Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                return new JsonWelcome(WelcomeInfo.From(JsonElement.ParseValue(ref reader)));
            reader.Skip();
            return default;
        }

        public override void Write(Utf8JsonWriter writer, JsonWelcome value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Info!.Json);
    }
}
