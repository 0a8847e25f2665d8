using System.Text;

namespace RxWormhole.Fuzz;

/// <summary>A stored session.</summary>
internal sealed class CheckpointTarget : FuzzTarget
{
    internal override string Name => "checkpoint";

    internal override IReadOnlyList<string> Words { get; } =
    [
        "rxwormhole", "appid", "server", "started", "limit", "side", "scalar", "words", "nameplate", "code", "held", "released", "mailbox", "stray", "peer", "peer-side", "peer-pake", "confirmed", "own",
        "delivered", "transit", "mood", "closed", "ended", "phase", "bytes", "sealed", "offered", "echoed", "pake", "version", "0", "1", "1970-01-01T00:00:00+00:00", "0001-01-01T00:00:00+14:00", "ws://example.com/v1", "AAAA",
    ];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var text = Encoding.UTF8.GetString(input);
        Checkpoint checkpoint;
        try
        {
            checkpoint = Checkpoint.Parse(text);
        }
        catch (FormatException exception)
        {
            Hold.That(exception.InnerException is null, "nothing quotes what is a secret");
            return;
        }

        Hold.Same(checkpoint.ToJson(), text, "it is kept as it came");
        Hold.That(checkpoint.Accepted >= 0 && checkpoint.Delivered >= 0, "nothing is counted below nothing");
        var record = checkpoint.ToRecord();
        var written = Checkpoint.Of(record).ToJson();
        // A session that was restored must be able to go on being restored.
        SessionRecord again;
        try
        {
            again = Checkpoint.Parse(written).ToRecord();
        }
        catch (FormatException exception)
        {
            throw new PropertyException($"what was restored is stored so that it can be restored: {exception.Message}");
        }

        Hold.Same(Checkpoint.Of(again).ToJson(), written, "what was restored and stored is restored as the same");
        _ = (record.Stage, record.IsSettled, record.Age(DateTimeOffset.MaxValue), record.Age(DateTimeOffset.MinValue));
    }
}
