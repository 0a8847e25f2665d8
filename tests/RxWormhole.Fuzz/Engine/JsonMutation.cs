using System.Text.Json;

namespace RxWormhole.Fuzz;

/// <summary>Changes to JSON that leave it JSON: a value gone, twice, moved, or another one in its place.</summary>
internal static class JsonMutation
{
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 1000, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    internal static byte[] Change(byte[] input, byte[] other, Fragments fragments, Random random)
    {
        var values = Values(input);
        if (values.Count == 0)
            return [.. input, .. fragments.Any(random)];
        var (start, end) = values[random.Next(values.Count)];
        byte[] by = random.Next(6) switch
        {
            0 => [.. "["u8, .. input[start..end], .. "]"u8],
            1 => [.. "{\"a\":"u8, .. input[start..end], .. "}"u8],
            // A key of an object and its value, or an item of an array, once more: what follows the last colon or comma.
            2 => Twice(input, start, end),
            3 => From(input, values, random),
            4 => From(other, Values(other), random),
            _ => fragments.Value(random),
        };
        return [.. input[..start], .. by, .. input[end..]];
    }

    private static byte[] Twice(byte[] input, int start, int end)
    {
        var key = input[start..end];
        var before = input.AsSpan(0, start).LastIndexOfAny("{[,"u8);
        return before < 0 ? key : [.. key, .. ","u8, .. input[(before + 1)..end]];
    }

    private static byte[] From(byte[] input, List<(int Start, int End)> values, Random random)
    {
        if (values.Count == 0)
            return [];
        var (start, end) = values[random.Next(values.Count)];
        return input[start..end];
    }

    // Values and keys, as far as the input is JSON.
    private static List<(int Start, int End)> Values(byte[] input)
    {
        var values = new List<(int, int)>();
        var open = new Stack<int>();
        var reader = new Utf8JsonReader(input, Deep);
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        open.Push((int)reader.TokenStartIndex);
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        values.Add((open.Pop(), (int)reader.BytesConsumed));
                        break;
                    case JsonTokenType.PropertyName:
                        values.Add(((int)reader.TokenStartIndex, (int)reader.TokenStartIndex + reader.ValueSpan.Length + 2));
                        break;
                    default:
                        values.Add(((int)reader.TokenStartIndex, (int)reader.BytesConsumed));
                        break;
                }
            }
        }
        catch (JsonException)
        {
            // What came before is enough.
        }

        return values;
    }
}
