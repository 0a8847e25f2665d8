using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>What the sides say over transit itself.</summary>
internal sealed class TransferRecordTarget : FuzzTarget
{
    private static readonly byte[] Hash = new byte[32];

    internal override string Name => "transfer-record";

    internal override IReadOnlyList<string> Words { get; } = ["ack", "ok", "sha256", "offset", "0000000000000000000000000000000000000000000000000000000000000000", "o\\ud800", "a\\ud800"];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var isAck = TransferRecord.IsAck(input, Hash, out var reason);
        Hold.That(isAck == (reason is null), "either an acknowledgement or a reason");
        if (TransferRecord.TryReadOffset(input, out var offset))
        {
            Hold.That(offset >= 0, "no offset is negative");
            Hold.That(TransferRecord.TryReadOffset(TransferRecord.WriteOffset(offset), out var again), "what was read is written so that it can be read");
            Hold.Same(offset, again, "what was read and written is read again as the same");
        }
    }
}
