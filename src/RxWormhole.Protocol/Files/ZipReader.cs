using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace RxWormhole.Protocol;

/// <summary>Reads the records of zip files. Layouts are shown in <see cref="ZipLayout"/>.</summary>
public static class ZipReader
{
    /// <summary>The fixed part of what stands in front of an entry.</summary>
    public const int LocalLength = 30;

    /// <summary>The fixed part of an entry of the central directory.</summary>
    public const int CentralLength = 46;

    /// <summary>The most that stands at the end, behind the central directory, where there is no comment.</summary>
    public const int MostEndLength = 22 + 56 + 20;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Whether a record that begins so stands in front of an entry.</summary>
    /// <param name="record">At least four bytes.</param>
    public static bool IsLocal(ReadOnlySpan<byte> record) => U32(record, 0) == ZipLayout.LocalSignature;

    /// <summary>Whether a record that begins so belongs to what stands behind all entries.</summary>
    /// <param name="record">At least four bytes.</param>
    public static bool IsBehindEntries(ReadOnlySpan<byte> record) =>
        U32(record, 0) is ZipLayout.CentralSignature or ZipLayout.EndSignature or ZipLayout.Zip64EndSignature;

    /// <summary>How long the record in front of an entry is.</summary>
    /// <param name="record">At least its fixed part.</param>
    public static int WholeLocalLength(ReadOnlySpan<byte> record) => LocalLength + U16(record, 26) + U16(record, 28);

    /// <summary>The most that the central directory needs to repeat an entry, as <see cref="ZipLayout"/> writes it.</summary>
    /// <param name="local">At least the fixed part of what stands in front of the entry.</param>
    // The field for large numbers has three of them.
    public static int MostCentralLength(ReadOnlySpan<byte> local) => CentralLength + U16(local, 26) + 4 + (3 * 8);

    /// <summary>How long an entry of the central directory is.</summary>
    /// <param name="record">At least its fixed part.</param>
    public static int WholeCentralLength(ReadOnlySpan<byte> record) => CentralLength + U16(record, 28) + U16(record, 30) + U16(record, 32);

    /// <summary>How long the record behind the content of a streamed entry is.</summary>
    /// <param name="length">The length of the content.</param>
    public static int DescriptorLength(long length) => ZipLayout.IsLarge(length) ? 24 : 16;

    /// <summary>Reads what stands in front of a streamed entry, its length included, as <see cref="ZipLayout"/> writes it.</summary>
    /// <param name="record">All of it.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="reason">Why it cannot be read, to go on with "the folder is damaged: "; else empty.</param>
    public static bool TryReadStreamed(ReadOnlySpan<byte> record, [NotNullWhen(true)] out ZipEntry? entry, out string reason)
    {
        entry = null;
        if (record.Length < LocalLength || record.Length != WholeLocalLength(record) || !IsLocal(record))
            return Refuse("an entry has no header", out reason);
        if (U16(record, 6) != ZipLayout.Flags || U16(record, 8) != 0)
            return Refuse("an entry is packed in a way that cannot be unpacked as it arrives", out reason);
        var nameLength = U16(record, 26);
        if (!TryDecode(record.Slice(LocalLength, nameLength), isUtf8: true, out var name))
            return Refuse("a name is no UTF-8", out reason);
        if (!TryFindField(record[(LocalLength + nameLength)..], ZipLayout.LengthField, out var field) || field.Length != ZipLayout.LengthFieldSize)
            return Refuse("an entry does not say its length", out reason);
        var length = I64(field, 0);
        if (length < 0)
            return Refuse("an entry has a negative length", out reason);
        entry = new ZipEntry(name, U32(field, 8), length) { Packed = length };
        reason = "";
        return true;
    }

    /// <summary>Reads what stands behind the content of a streamed entry, and whether it fits.</summary>
    /// <param name="record">All of it.</param>
    /// <param name="length">The length of the content.</param>
    /// <param name="crc">Its sum.</param>
    public static bool IsDescriptorOf(ReadOnlySpan<byte> record, long length, uint crc)
    {
        if (record.Length != DescriptorLength(length) || U32(record, 0) != ZipLayout.DescriptorSignature || U32(record, 4) != crc)
            return false;
        return record.Length == 24
            ? I64(record, 8) == length && I64(record, 16) == length
            : U32(record, 8) == length && U32(record, 12) == length;
    }

    /// <summary>Reads an entry of the central directory.</summary>
    /// <param name="record">All of it.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="reason">Why it cannot be read, to go on with "the folder is damaged: "; else empty.</param>
    public static bool TryReadCentral(ReadOnlySpan<byte> record, [NotNullWhen(true)] out ZipEntry? entry, out string reason)
    {
        entry = null;
        if (record.Length < CentralLength || record.Length != WholeCentralLength(record) || U32(record, 0) != ZipLayout.CentralSignature)
            return Refuse("its directory has no entry where one should be", out reason);
        var flags = U16(record, 8);
        var nameLength = U16(record, 28);
        if (!TryDecode(record.Slice(CentralLength, nameLength), (flags & 0x800) != 0, out var name))
            return Refuse("a name is no UTF-8", out reason);
        long length = U32(record, 24), packed = U32(record, 20), offset = U32(record, 42);
        if (length == uint.MaxValue || packed == uint.MaxValue || offset == uint.MaxValue)
        {
            if (!TryFindField(record.Slice(CentralLength + nameLength, U16(record, 30)), ZipLayout.Zip64Field, out var wide)
                || !TryWiden(ref length, ref wide) || !TryWiden(ref packed, ref wide) || !TryWiden(ref offset, ref wide))
            {
                return Refuse("an entry does not say its length", out reason);
            }
        }

        entry = new ZipEntry(name, U32(record, 38) >> 16, length)
        {
            Packed = packed,
            Crc = U32(record, 16),
            Offset = offset,
            Method = U16(record, 10),
            IsEncrypted = (flags & 1) != 0,
        };
        reason = "";
        return true;
    }

    private static bool TryWiden(ref long value, ref ReadOnlySpan<byte> wide)
    {
        if (value != uint.MaxValue)
            return true;
        if (wide.Length < 8)
            return false;
        value = I64(wide, 0);
        wide = wide[8..];
        return value >= 0;
    }

    // id[2] || length[2] || bytes, one after the other.
    private static bool TryFindField(ReadOnlySpan<byte> fields, ushort id, out ReadOnlySpan<byte> field)
    {
        while (fields.Length >= 4 && U16(fields, 2) <= fields.Length - 4)
        {
            field = fields.Slice(4, U16(fields, 2));
            if (U16(fields, 0) == id)
                return true;
            fields = fields[(4 + field.Length)..];
        }

        field = default;
        return false;
    }

    // Names without the flag are in a code page of old; everybody who sends folders writes ASCII there, or UTF-8 all the same.
    private static bool TryDecode(ReadOnlySpan<byte> bytes, bool isUtf8, out string text)
    {
        try
        {
            text = StrictUtf8.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = isUtf8 ? "" : Encoding.Latin1.GetString(bytes);
            return !isUtf8;
        }
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
