using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>Records of zip files, one for each reader of them.</summary>
internal sealed class ZipRecordTarget : FuzzTarget
{
    internal override string Name => "zip-record";

    internal override IReadOnlyList<string> Words { get; } = ["PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "PK\u0006\u0006", "PK\u0006\u0007", "PK\u0007\u0008", "Rx\u000c\0", "\u0001\0\u0010\0"];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        if (input.Length >= 4)
            Hold.That(!(ZipReader.IsLocal(input) && ZipReader.IsBehindEntries(input)), "a record is of one kind");
        if (input.Length >= ZipReader.LocalLength)
            Hold.That(ZipReader.WholeLocalLength(input) >= ZipReader.LocalLength && ZipReader.MostCentralLength(input) >= ZipReader.CentralLength, "a record is as long as its fixed part");
        if (input.Length >= ZipReader.CentralLength)
            Hold.That(ZipReader.WholeCentralLength(input) >= ZipReader.CentralLength, "a record is as long as its fixed part");

        var isStreamed = ZipReader.TryReadStreamed(input, out var streamed, out var reason);
        Hold.That(isStreamed == (reason.Length == 0), "either an entry or a reason");
        Check(streamed);
        var isCentral = ZipReader.TryReadCentral(input, out var central, out reason);
        Hold.That(isCentral == (reason.Length == 0), "either an entry or a reason");
        Check(central);
        Hold.That(!isStreamed || !isCentral, "a record is of one kind");
        _ = ZipReader.IsDescriptorOf(input, input.Length, Crc32.Append(0, input));
        _ = ZipReader.IsDescriptorOf(input, uint.MaxValue, 0);

        foreach (var length in new[] { input.Length, input.Length + 70_000L, long.MaxValue })
        {
            var isEnd = ZipEnd.TryRead(input, length, out var end, out reason);
            Hold.That(isEnd == (reason.Length == 0), "either an end or a reason");
            Hold.That(!isEnd || (end is { Entries: >= 0, Start: >= 0, Length: >= 0 } && end.Start <= length - end.Length && end.Entries <= end.Length / ZipReader.CentralLength), "a directory is inside of its file");
        }
    }

    private static void Check(ZipEntry? entry) => Hold.That(entry is null or { Length: >= 0, Packed: >= 0, Offset: >= 0 }, "no number of an entry is negative");
}
