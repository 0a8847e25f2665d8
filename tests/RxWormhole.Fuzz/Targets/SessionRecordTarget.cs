using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>What a session and its link make of what the server says: a line is a frame. Whatever it was, the session can be stored and restored.</summary>
internal sealed class SessionRecordTarget : FuzzTarget
{
    internal override string Name => "session-record";

    internal override int BytesPerByte => 4000;

    internal override int FixedBytes => 512 << 10;

    internal override IReadOnlyList<string> Words { get; } =
    [
        "{\"type\":\"allocated\",\"nameplate\":\"4\"}\n", "{\"type\":\"claimed\",\"mailbox\":\"m\"}\n", "{\"type\":\"message\",\"side\":\"aa\",\"phase\":\"pake\",\"body\":\"00\"}\n",
        "{\"type\":\"message\",\"side\":\"bb\",\"phase\":\"pake\",\"body\":\"00\"}\n", "{\"type\":\"error\",\"error\":\"crowded\",\"orig\":{\"type\":\"claim\"}}\n", "{\"type\":\"released\"}\n", "{\"type\":\"closed\"}\n", "{\"type\":\"pong\",\"pong\":1}\n",
        "pake", "version", "0", "aa", "bb", "side", "phase", "body", "orig", "crowded", "reclaimed",
    ];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        using var scalar = Spake2.CreateScalar(new byte[Spake2.EntropyLength - 1].Append((byte)5).ToArray());
        var mood = input.Length % 2 == 0 ? (Mood?)null : Mood.Happy;
        var record = new SessionRecord
        {
            AppId = "appid", Server = new Uri("ws://example.com/v1"), Side = "aa", Scalar = scalar, Started = DateTimeOffset.UnixEpoch, Limit = TimeSpan.FromHours(1), Words = "purple-sausages", Mood = mood,
        };
        var link = new LinkState { IsPoll = false, Pings = 3 };
        foreach (var range in input.Split((byte)'\n'))
        {
            if (!MessageCodec.TryRead(input[range], out var message, out _))
                continue;
            link = link.On(message, record.Side);
            var step = record.On(message);
            record = step.Record;
            if (step.Fault is { } fault)
                Hold.That(Texts.AreTame(fault.Message), "what is said about a server is tame");
            _ = (record.Stage, record.IsSettled, link.Works, link.HasMark);
        }

        var stored = Checkpoint.Of(record).ToJson();
        try
        {
            Hold.Same(Checkpoint.Of(Checkpoint.Parse(stored).ToRecord()).ToJson(), stored, "what was stored is restored as the same");
        }
        catch (FormatException exception)
        {
            throw new PropertyException($"what is stored can be restored: {exception.Message}");
        }
    }
}
