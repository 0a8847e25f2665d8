using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>Records of a transit connection. The first byte: whether what follows comes as it is, or is sealed first, and then perhaps changed.</summary>
internal sealed class TransitRecordTarget : FuzzTarget
{
    private const int Most = 1024;

    // That of the vectors.
    private static readonly byte[] Key = Convert.FromHexString("85eb2a463d327483e50922e242373d56cf5a316c87fbccf85452bc2ef15dca0c");

    internal override string Name => "transit-record";

    internal override void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return;
        var plain = input[1..];
        if ((input[0] & 1) == 0)
        {
            Open(plain, out _);
            return;
        }

        var wire = Seal(plain);
        Hold.That(Open(wire, out var opened), "what was sealed opens");
        Hold.Same(opened, plain, "what was sealed opens to the same");
        if (wire.Length == 0)
            return;
        wire[input[0] * 31 % wire.Length] ^= (byte)(1 << (input[0] & 7));
        Hold.That(!Open(wire, out var changed) && plain.StartsWith(changed), "of what was changed only what comes before opens");
    }

    private static byte[] Seal(ReadOnlySpan<byte> plain)
    {
        using var sealer = new RecordSealer(Key);
        var wire = new List<byte>();
        foreach (var piece in Pieces.Of(plain))
        {
            var record = new byte[RecordSealer.Overhead + piece.Length];
            piece.CopyTo(record, RecordSealer.Overhead);
            sealer.Seal(record);
            wire.AddRange(record);
        }

        return [.. wire];
    }

    // True where all of it is records.
    private static bool Open(ReadOnlySpan<byte> wire, out byte[] opened)
    {
        using var opener = new RecordOpener(Key, Most);
        var plain = new List<byte>();
        var isWhole = true;
        while (isWhole && !wire.IsEmpty)
        {
            isWhole = opener.ReadLength(wire, out var length) == RecordFault.None && length > 0 && length <= wire.Length;
            Hold.That(length <= RecordSealer.Overhead + Most, "no record is longer than what is taken");
            if (!isWhole)
                continue;
            var record = new byte[length - RecordSealer.Overhead];
            isWhole = opener.Open(wire[..length], record) == RecordFault.None;
            if (isWhole)
                plain.AddRange(record);
            wire = wire[length..];
        }

        opened = [.. plain];
        return isWhole;
    }
}
