using System.Text.Json;

namespace RxWormhole.Protocol;

// The JSON object of a client's command, with every key of every command; which belong to which is the codec's to know.
internal struct ClientFrame : IFrameKeys
{
    internal JsonText Type;
    internal RawJson Id;
    internal JsonText AppId;
    internal JsonText Side;
    internal IReadOnlyList<string>? Implementation;
    internal JsonText Nameplate;
    internal JsonText Mailbox;
    internal JsonWhole Keep;
    internal JsonWhole Since;
    internal JsonText Phase;
    internal JsonText Body;
    internal JsonText Mood;
    internal RawJson Ping;
    internal JsonText Method;
    internal JsonText Stamp;

    public void Take(ReadOnlySpan<byte> key, ref Utf8JsonReader reader)
    {
        if (key.SequenceEqual("type"u8))
            Type = JsonText.ReadWord(ref reader);
        else if (key.SequenceEqual("id"u8))
            Id = RawJson.Read(ref reader);
        else if (key.SequenceEqual("phase"u8))
            Phase = JsonText.Read(ref reader);
        else if (key.SequenceEqual("body"u8))
            Body = JsonText.Read(ref reader);
        else if (key.SequenceEqual("ping"u8))
            Ping = RawJson.Read(ref reader);
        else if (key.SequenceEqual("appid"u8))
            AppId = JsonText.Read(ref reader);
        else if (key.SequenceEqual("side"u8))
            Side = JsonText.Read(ref reader);
        else if (key.SequenceEqual("client_version"u8))
            Implementation = JsonTexts.Read(ref reader);
        else if (key.SequenceEqual("nameplate"u8))
            Nameplate = JsonText.Read(ref reader);
        else if (key.SequenceEqual("mailbox"u8))
            Mailbox = JsonText.Read(ref reader);
        else if (key.SequenceEqual("keep"u8))
            Keep = JsonWhole.Read(ref reader);
        else if (key.SequenceEqual("since"u8))
            Since = JsonWhole.Read(ref reader);
        else if (key.SequenceEqual("mood"u8))
            Mood = JsonText.Read(ref reader);
        else if (key.SequenceEqual("method"u8))
            Method = JsonText.Read(ref reader);
        else if (key.SequenceEqual("stamp"u8))
            Stamp = JsonText.Read(ref reader);
        else
            reader.Skip();
    }
}
