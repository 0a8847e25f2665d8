using System.IO.Compression;
using System.Text;
using RxWormhole.Protocol;

namespace RxWormhole.Tests.Files;

/// <summary>A zip file written byte by byte, with whatever lies a sender may think of.</summary>
internal sealed class RawZip
{
    private readonly List<Entry> entries = [];

    /// <summary>The number of entries that its end claims; as many as there are unless told otherwise.</summary>
    internal int? Count { get; init; }

    internal static RawZip Of(params string[] names)
    {
        var zip = new RawZip();
        foreach (var name in names)
            zip.Add(new Entry(name));
        return zip;
    }

    internal RawZip Add(Entry entry)
    {
        entries.Add(entry);
        return this;
    }

    /// <summary>As from any client: lengths in front and in the directory.</summary>
    internal byte[] Build() => Write(streamed: false);

    /// <summary>As from a peer of ours: the length in a field of its own, the sum behind.</summary>
    internal byte[] BuildStreamed() => Write(streamed: true);

    private byte[] Write(bool streamed)
    {
        var bytes = new MemoryStream();
        var writer = new BinaryWriter(bytes);
        var central = new MemoryStream();
        var directory = new BinaryWriter(central);
        foreach (var entry in entries)
        {
            var name = Encoding.UTF8.GetBytes(entry.Name);
            var packed = entry.Packed;
            var crc = entry.Crc ?? Crc32.Append(0, entry.Content);
            var length = (uint)(entry.Length ?? entry.Content.Length);
            var flags = (ushort)(entry.Flags | (streamed ? 0x0808 : 0x0800));
            var offset = entry.Offset ?? (uint)bytes.Position;
            writer.Write(0x04034b50);
            Common(writer, entry, flags, streamed ? 0 : crc, streamed ? 0 : (uint)packed.Length, streamed ? 0 : length, name.Length, streamed ? 16 : 0);
            writer.Write(name);
            if (streamed)
            {
                writer.Write((ushort)0x7852);
                writer.Write((ushort)12);
                writer.Write((long)length);
                writer.Write(entry.Mode);
            }

            writer.Write(packed);
            if (streamed)
            {
                writer.Write(0x08074b50);
                writer.Write(crc);
                writer.Write(length);
                writer.Write(length);
            }

            directory.Write(0x02014b50);
            directory.Write((ushort)((3 << 8) | 20));
            Common(directory, entry, flags, crc, (uint)packed.Length, length, name.Length, 0);
            directory.Write((ushort)0);
            directory.Write(0);
            directory.Write(entry.Mode << 16);
            directory.Write(offset);
            directory.Write(name);
        }

        var start = bytes.Position;
        writer.Write(central.ToArray());
        writer.Write(0x06054b50);
        writer.Write(0);
        writer.Write((ushort)(Count ?? entries.Count));
        writer.Write((ushort)(Count ?? entries.Count));
        writer.Write((uint)central.Length);
        writer.Write((uint)start);
        writer.Write((ushort)0);
        return bytes.ToArray();
    }

    // version[2] || flags[2] || method[2] || time and date[4] || crc[4] || packed[4] || unpacked[4] || name length[2] || fields length[2]
    private static void Common(BinaryWriter writer, Entry entry, ushort flags, uint crc, uint packed, uint length, int name, int fields)
    {
        writer.Write((ushort)20);
        writer.Write(flags);
        writer.Write((ushort)entry.Method);
        writer.Write(0x00210000);
        writer.Write(crc);
        writer.Write(packed);
        writer.Write(length);
        writer.Write((ushort)name);
        writer.Write((ushort)fields);
    }

    internal sealed record Entry(string Name)
    {
        internal byte[] Content { get; init; } = [];

        internal uint Mode { get; init; }

        internal int Method { get; init; }

        internal ushort Flags { get; init; }

        internal long? Length { get; init; }

        internal uint? Crc { get; init; }

        internal uint? Offset { get; init; }

        internal byte[] Packed
        {
            get
            {
                if (Method != 8)
                    return Content;
                var packed = new MemoryStream();
                using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal))
                    deflate.Write(Content);
                return packed.ToArray();
            }
        }
    }
}
