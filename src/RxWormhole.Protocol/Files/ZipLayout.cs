using System.Text;

namespace RxWormhole.Protocol;

/// <summary>A zip file of stored entries, laid out before a byte of their content is read: its length is known from names and lengths alone.</summary>
/// <remarks>
/// The sums of the contents are not known in front, so they follow each entry in a data descriptor, as the Python client writes it. Readers go by the central directory at the end.
/// A private field in front of each entry says its length and mode, so that who knows the field can unpack the entries as they arrive.
/// Source: file transfer, section 5.4; PKWARE's APPNOTE 6.3.10 for the format.
/// </remarks>
public sealed class ZipLayout
{
    internal const uint LocalSignature = 0x04034b50;
    internal const uint DescriptorSignature = 0x08074b50;
    internal const uint CentralSignature = 0x02014b50;
    internal const uint EndSignature = 0x06054b50;
    internal const uint Zip64EndSignature = 0x06064b50;
    internal const uint Zip64LocatorSignature = 0x07064b50;
    internal const ushort Zip64Field = 0x0001;

    // "Rx" as a number; length[8] || mode[4] follow.
    internal const ushort LengthField = 0x7852;
    internal const int LengthFieldSize = 12;

    // The content is followed by a descriptor; the name is UTF-8.
    internal const ushort Flags = 0x0808;

    internal const uint FileType = 0x8000;
    internal const uint FolderType = 0x4000;
    private const uint Most32 = uint.MaxValue;
    private const ushort Most16 = ushort.MaxValue;
    private const ushort PlainVersion = 20;
    private const ushort Zip64Version = 45;

    private readonly IReadOnlyList<ZipItem> items;
    private readonly long[] offsets;
    private readonly long centralStart;
    private readonly long centralLength;

    /// <summary>Lays out a zip file.</summary>
    /// <param name="items">The entries, in order.</param>
    /// <exception cref="ArgumentException">A name is longer than 65,535 bytes, or a length is negative.</exception>
    public ZipLayout(IReadOnlyList<ZipItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        this.items = items;
        offsets = new long[items.Count];
        var position = 0L;
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Length < 0 || NameLength(items[i]) > ZipEntryName.MaxBytes)
                throw new ArgumentException("A length is negative, or a name too long.", nameof(items));
            offsets[i] = position;
            position += LocalHeaderLength(items[i]) + items[i].Length + DescriptorLength(items[i]);
        }

        centralStart = position;
        for (var i = 0; i < items.Count; i++)
            position += CentralHeaderLength(i);
        centralLength = position - centralStart;
        Length = position + EndLength;
    }

    /// <summary>The bytes of the whole file.</summary>
    public long Length { get; }

    /// <summary>The entries.</summary>
    public IReadOnlyList<ZipItem> Items => items;

    private bool EndsInZip64 => items.Count >= Most16 || centralStart >= Most32 || centralLength >= Most32;

    private int EndLength => 22 + (EndsInZip64 ? 56 + 20 : 0);

    /// <summary>What stands in front of the content of an entry.</summary>
    /// <param name="index">Its place.</param>
    // signature[4] || version[2] || flags[2] || method[2] || time[2] || date[2] || crc[4] || packed[4] || unpacked[4] || name length[2] || fields length[2] || name || fields
    public byte[] LocalHeader(int index)
    {
        var item = items[index];
        var name = NameOf(item);
        var header = new ZipRecordWriter(LocalHeaderLength(item));
        header.U32(LocalSignature);
        header.U16(IsLarge(item) ? Zip64Version : PlainVersion);
        header.U16(Flags);
        header.U16(0);
        header.U32(DosTime(item.Modified));
        header.U32(0);
        header.U32(IsLarge(item) ? Most32 : 0);
        header.U32(IsLarge(item) ? Most32 : 0);
        header.U16((ushort)name.Length);
        header.U16((ushort)(header.Size - 30 - name.Length));
        header.Bytes(name);
        if (IsLarge(item))
        {
            // It also says that the lengths in the descriptor have eight bytes.
            header.U16(Zip64Field);
            header.U16(16);
            header.U64(0);
            header.U64(0);
        }

        header.U16(LengthField);
        header.U16(LengthFieldSize);
        header.U64(item.Length);
        header.U32(ModeOf(item));
        return header.Done();
    }

    /// <summary>What follows the content of an entry.</summary>
    /// <param name="index">Its place.</param>
    /// <param name="crc">The sum of its content; see <see cref="Crc32"/>.</param>
    // signature[4] || crc[4] || packed[4 or 8] || unpacked[4 or 8]
    public byte[] Descriptor(int index, uint crc)
    {
        var item = items[index];
        var descriptor = new ZipRecordWriter(DescriptorLength(item));
        descriptor.U32(DescriptorSignature);
        descriptor.U32(crc);
        for (var i = 0; i < 2; i++)
        {
            if (IsLarge(item))
                descriptor.U64(item.Length);
            else
                descriptor.U32((uint)item.Length);
        }

        return descriptor.Done();
    }

    /// <summary>What stands in the central directory, behind all entries.</summary>
    /// <param name="index">The place of the entry.</param>
    /// <param name="crc">The sum of its content.</param>
    // signature[4] || made by[2] || version[2] || … as in front … || comment length[2] || disk[2] || internal[2] || external[4] || offset[4] || name || fields
    public byte[] CentralHeader(int index, uint crc)
    {
        var item = items[index];
        var name = NameOf(item);
        var isFar = offsets[index] >= Most32;
        var version = IsLarge(item) || isFar ? Zip64Version : PlainVersion;
        var header = new ZipRecordWriter(CentralHeaderLength(index));
        header.U32(CentralSignature);
        header.U16((ushort)((3 << 8) | version));
        header.U16(version);
        header.U16(Flags);
        header.U16(0);
        header.U32(DosTime(item.Modified));
        header.U32(crc);
        header.U32(IsLarge(item) ? Most32 : (uint)item.Length);
        header.U32(IsLarge(item) ? Most32 : (uint)item.Length);
        header.U16((ushort)name.Length);
        header.U16((ushort)(header.Size - 46 - name.Length));
        header.U16(0);
        header.U16(0);
        header.U16(0);
        header.U32((ModeOf(item) << 16) | (item.IsFolder ? 0x10u : 0));
        header.U32(isFar ? Most32 : (uint)offsets[index]);
        header.Bytes(name);
        if (IsLarge(item) || isFar)
        {
            header.U16(Zip64Field);
            header.U16((ushort)((IsLarge(item) ? 16 : 0) + (isFar ? 8 : 0)));
            if (IsLarge(item))
            {
                header.U64(item.Length);
                header.U64(item.Length);
            }

            if (isFar)
                header.U64(offsets[index]);
        }

        return header.Done();
    }

    /// <summary>What stands at the end.</summary>
    public byte[] End()
    {
        var end = new ZipRecordWriter(EndLength);
        if (EndsInZip64)
        {
            end.U32(Zip64EndSignature);
            end.U64(44);
            end.U16((3 << 8) | Zip64Version);
            end.U16(Zip64Version);
            end.U32(0);
            end.U32(0);
            end.U64(items.Count);
            end.U64(items.Count);
            end.U64(centralLength);
            end.U64(centralStart);
            end.U32(Zip64LocatorSignature);
            end.U32(0);
            end.U64(centralStart + centralLength);
            end.U32(1);
        }

        end.U32(EndSignature);
        end.U16(0);
        end.U16(0);
        end.U16((ushort)Math.Min(items.Count, Most16));
        end.U16((ushort)Math.Min(items.Count, Most16));
        end.U32((uint)Math.Min(centralLength, Most32));
        end.U32((uint)Math.Min(centralStart, Most32));
        end.U16(0);
        return end.Done();
    }

    internal static bool IsLarge(long length) => length >= Most32;

    private static bool IsLarge(ZipItem item) => IsLarge(item.Length);

    private static int NameLength(ZipItem item) => Encoding.UTF8.GetByteCount(item.Name) + (item.IsFolder ? 1 : 0);

    private static byte[] NameOf(ZipItem item) => Encoding.UTF8.GetBytes(item.IsFolder ? item.Name + "/" : item.Name);

    private static int LocalHeaderLength(ZipItem item) => 30 + NameLength(item) + (IsLarge(item) ? 20 : 0) + 4 + LengthFieldSize;

    private static int DescriptorLength(ZipItem item) => IsLarge(item) ? 24 : 16;

    private int CentralHeaderLength(int index) =>
        46 + NameLength(items[index]) + (IsLarge(items[index]) || offsets[index] >= Most32 ? 4 : 0)
        + (IsLarge(items[index]) ? 16 : 0) + (offsets[index] >= Most32 ? 8 : 0);

    private static uint ModeOf(ZipItem item) => (item.IsFolder ? FolderType : FileType) | ((uint)item.Mode & 0x1FFu);

    // time[2]: hours[5 bits] minutes[6] half seconds[5]; date[2]: years from 1980[7] months[4] days[5].
    private static uint DosTime(DateTimeOffset modified)
    {
        var time = modified.UtcDateTime;
        if (time.Year < 1980)
            return (1 << 21) | (1 << 16);
        var date = time.Year > 2107 ? (127 << 9) | (12 << 5) | 31 : ((time.Year - 1980) << 9) | (time.Month << 5) | time.Day;
        return ((uint)date << 16) | ((uint)time.Hour << 11) | ((uint)time.Minute << 5) | ((uint)time.Second / 2);
    }
}
