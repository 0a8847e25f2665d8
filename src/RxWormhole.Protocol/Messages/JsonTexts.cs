using System.Text.Json;

namespace RxWormhole.Protocol;

// An array of texts in an untrusted message, or of objects with a text "id"; null where it is anything else.
internal static class JsonTexts
{
    internal static IReadOnlyList<string>? Read(ref Utf8JsonReader reader)
    {
        var array = JsonElement.ParseValue(ref reader);
        if (array.ValueKind != JsonValueKind.Array)
            return null;

        var values = new List<string>(array.GetArrayLength());
        foreach (var item in array.EnumerateArray())
        {
            var text = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out var id) ? id : item;
            if (text.ValueKind != JsonValueKind.String)
                return null;
            values.Add(text.GetString()!);
        }

        return values;
    }
}
