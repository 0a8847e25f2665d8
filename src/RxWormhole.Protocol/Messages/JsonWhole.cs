using System.Text.Json;

namespace RxWormhole.Protocol;

// A number somebody may ask for: null where it is missing or 0; more than there can be is the most there can be.
internal readonly record struct JsonWhole(int? Value, bool IsWrong = false)
{
    internal static JsonWhole Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return default;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && number >= 0 && double.IsInteger(number))
            return number == 0 ? default : new JsonWhole((int)Math.Min(number, int.MaxValue));
        reader.Skip();
        return new JsonWhole(null, IsWrong: true);
    }
}
