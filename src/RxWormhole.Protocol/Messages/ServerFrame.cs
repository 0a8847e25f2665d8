using System.Text.Json;

namespace RxWormhole.Protocol;

// The JSON object of a server's message, with every key of every message; which belong to which is the codec's to know.
internal struct ServerFrame : IFrameKeys
{
    internal JsonText Type;
    internal RawJson Id;
    internal WelcomeInfo? Welcome;
    internal IReadOnlyList<string>? Nameplates;
    internal JsonText Nameplate;
    internal JsonText Mailbox;
    internal JsonText Side;
    internal JsonText Phase;
    internal JsonText Body;
    internal RawJson Pong;
    internal JsonText Error;
    internal RawJson Original;
    internal double? ServerRx;

    public void Take(ReadOnlySpan<byte> key, ref Utf8JsonReader reader)
    {
        if (key.SequenceEqual("type"u8))
            Type = JsonText.ReadWord(ref reader);
        else if (key.SequenceEqual("id"u8))
            Id = RawJson.Read(ref reader);
        else if (key.SequenceEqual("server_rx"u8))
            ServerRx = ReadSeconds(ref reader);
        else if (key.SequenceEqual("side"u8))
            Side = JsonText.Read(ref reader);
        else if (key.SequenceEqual("phase"u8))
            Phase = JsonText.Read(ref reader);
        else if (key.SequenceEqual("body"u8))
            Body = JsonText.Read(ref reader);
        else if (key.SequenceEqual("pong"u8))
            Pong = RawJson.Read(ref reader);
        else if (key.SequenceEqual("welcome"u8))
            Welcome = ReadWelcome(ref reader);
        else if (key.SequenceEqual("nameplates"u8))
            Nameplates = JsonTexts.Read(ref reader);
        else if (key.SequenceEqual("nameplate"u8))
            Nameplate = JsonText.Read(ref reader);
        else if (key.SequenceEqual("mailbox"u8))
            Mailbox = JsonText.Read(ref reader);
        else if (key.SequenceEqual("error"u8))
            Error = JsonText.Read(ref reader);
        else if (key.SequenceEqual("orig"u8))
            Original = RawJson.Read(ref reader);
        else
            reader.Skip();
    }

    // What a server says about itself; null where it is missing or anything but an object.
    private static WelcomeInfo? ReadWelcome(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
            return WelcomeInfo.From(JsonElement.ParseValue(ref reader));
        reader.Skip();
        return null;
    }

    // A time in seconds since 1970; null where it is missing or anything else.
    private static double? ReadSeconds(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && double.IsFinite(value))
            return value;
        reader.Skip();
        return null;
    }
}
