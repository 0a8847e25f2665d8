using System.Buffers.Binary;

namespace RxWormhole.Protocol;

/// <summary>What the end of a zip file says about its central directory.</summary>
/// <param name="Entries">How many entries it has.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How many bytes it has.</param>
public readonly record struct ZipEnd(long Entries, long Start, long Length)
{
    /// <summary>How many bytes at the end of a zip file are enough to read it: a comment may stand behind it.</summary>
    public const int MaxTail = EndLength + ushort.MaxValue + LocatorLength + Zip64Length;

    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int Zip64Length = 56;

    /// <summary>Reads it.</summary>
    /// <param name="tail">The end of the zip file: <see cref="MaxTail"/> bytes, or all there are.</param>
    /// <param name="length">The length of the whole file.</param>
    /// <param name="end">What it says.</param>
    /// <param name="reason">Why it cannot be read, to go on with "the zip file is damaged: "; else empty.</param>
    public static bool TryRead(ReadOnlySpan<byte> tail, long length, out ZipEnd end, out string reason)
    {
        end = default;
        Span<byte> signature = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(signature, ZipLayout.EndSignature);
        var at = tail.LastIndexOf(signature);
        if (at < 0 || tail.Length - at < EndLength)
            return Refuse("it has no end", out reason);

        // signature[4] || disk[2] || disk of directory[2] || entries here[2] || entries[2] || directory length[4] || start[4] || comment length[2]
        var record = tail[at..];
        if (U16(record, 20) != record.Length - EndLength)
            return Refuse("something stands behind its end", out reason);
        if (U16(record, 4) != 0 || U16(record, 6) != 0 || U16(record, 8) != U16(record, 10))
            return Refuse("it is only a part", out reason);
        end = new ZipEnd(U16(record, 10), U32(record, 16), U32(record, 12));
        var behind = length - tail.Length + at;

        if (at >= LocatorLength && U32(tail, at - LocatorLength) == ZipLayout.Zip64LocatorSignature)
        {
            // Ours, and everybody's who puts nothing of their own into it, stands right in front of its locator.
            var wide = at - LocatorLength - Zip64Length;
            if (wide < 0 || U32(tail, wide) != ZipLayout.Zip64EndSignature)
                return Refuse("its end is unusual", out reason);
            behind -= LocatorLength + Zip64Length;
            if (I64(tail, at - LocatorLength + 8) != behind || I64(tail, wide + 24) != I64(tail, wide + 32))
                return Refuse("its end is unusual", out reason);
            end = new ZipEnd(I64(tail, wide + 32), I64(tail, wide + 48), I64(tail, wide + 40));
        }

        if (end.Entries < 0 || end.Start < 0 || end.Length < 0 || end.Start > behind || end.Length != behind - end.Start)
            return Refuse("its directory is not where its end says", out reason);
        if (end.Entries > end.Length / ZipReader.CentralLength)
            return Refuse("its directory is too short", out reason);
        reason = "";
        return true;
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long I64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);

    private static bool Refuse(string why, out string reason)
    {
        reason = why;
        return false;
    }
}
