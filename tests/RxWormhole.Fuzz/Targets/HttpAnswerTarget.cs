using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>The answer of a mailbox server over HTTP.</summary>
internal sealed class HttpAnswerTarget : FuzzTarget
{
    private const int MostFrame = 2048;

    private static readonly byte[][] Commands =
    [
        MessageCodec.Write(new ClientMessage.Bind("appid", "aa", null)),
        MessageCodec.Write(new ClientMessage.Open("m")),
        MessageCodec.Write(new ClientMessage.Add("pake", "00")),
    ];

    internal override string Name => "http-answer";

    internal override IReadOnlyList<string> Words { get; } = ["type", "welcome", "ack", "message", "error", "side", "phase", "body", "aa", "pake", "server_rx", "{\"type\":\"ack\"}", "},{", "[{", "}]", "\\\"", "\\\\"];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var whole = Read([input.ToArray()]);
        var cut = Read(Pieces.Of(input));
        Hold.Same(whole.Fault, cut.Fault, "however it is cut, it is read or not");
        Hold.That(whole.Frames.Zip(cut.Frames).All(each => each.First.AsSpan().SequenceEqual(each.Second)), "however it is cut, it is the same");
        Hold.That(whole.Frames.All(frame => frame.Length <= MostFrame), "no frame is longer than what is taken");
        Converse(whole.Frames);
    }

    private static (List<byte[]> Frames, string? Fault) Read(List<byte[]> pieces)
    {
        var frames = new List<byte[]>();
        var reader = new JsonArrayReader(MostFrame, frame => frames.Add(frame.ToArray()));
        try
        {
            foreach (var piece in pieces)
                reader.Read(piece);
            reader.End();
            return (frames, null);
        }
        catch (LinkException exception)
        {
            return (frames, exception.Message);
        }
    }

    // What two requests make of it, the second of which begins with what it knows.
    private static void Converse(List<byte[]> frames)
    {
        var conversation = new HttpConversation();
        try
        {
            for (var request = 0; request < 2; request++)
            {
                _ = conversation.Ask([.. Commands.Select(command => (ReadOnlyMemory<byte>)command)]);
                foreach (var frame in frames)
                    _ = conversation.IsNews(frame);
                conversation.End();
            }
        }
        catch (LinkException exception)
        {
            Hold.That(exception.Message.Length > 0, "what failed says why");
        }
    }
}
