using System.Text.Json;
using System.Text.Json.Serialization;

namespace RxWormhole.Protocol;

// An array of texts in an untrusted message, or (AsIds) of objects with a text "id"; null where it is anything else.
[JsonConverter(typeof(Converter))]
internal readonly record struct JsonTexts(IReadOnlyList<string>? Values, bool AsIds = false)
{
    internal sealed class Converter : JsonConverter<JsonTexts>
    {
        public override JsonTexts Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var array = JsonElement.ParseValue(ref reader);
            if (array.ValueKind != JsonValueKind.Array)
                return default;

            var values = new List<string>(array.GetArrayLength());
            foreach (var item in array.EnumerateArray())
            {
                var text = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out var id) ? id : item;
                if (text.ValueKind != JsonValueKind.String)
                    return default;
                values.Add(text.GetString()!);
            }

            return new JsonTexts(values);
        }

        public override void Write(Utf8JsonWriter writer, JsonTexts value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var text in value.Values!)
            {
                if (value.AsIds)
                {
                    writer.WriteStartObject();
                    writer.WriteString("id", text);
                    writer.WriteEndObject();
                }
                else
                {
                    writer.WriteStringValue(text);
                }
            }

            writer.WriteEndArray();
        }
    }
}
