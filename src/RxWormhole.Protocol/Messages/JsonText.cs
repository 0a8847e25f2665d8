using System.Text.Json;

namespace RxWormhole.Protocol;

// A text field of an untrusted message: missing, a text, or something else that should have been one.
internal readonly record struct JsonText(string? Value, bool IsWrong = false)
{
    private static readonly string[] Words =
    [
        "ack", "message", "add", "ping", "pong", "open", "claim", "claimed", "bind", "welcome", "release", "released", "close", "closed",
        "allocate", "allocated", "list", "nameplates", "error",
    ];

    internal bool IsMissing => Value is null && !IsWrong;

    internal static JsonText Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
            return new JsonText(reader.GetString());
        reader.Skip();
        return new JsonText(null, IsWrong: true);
    }

    /// <summary>As <see cref="Read"/>, where it mostly is one of few texts.</summary>
    internal static JsonText ReadWord(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped)
        {
            foreach (var word in Words)
            {
                if (System.Text.Ascii.Equals(reader.ValueSpan, word))
                    return new JsonText(word);
            }
        }

        return Read(ref reader);
    }
}
