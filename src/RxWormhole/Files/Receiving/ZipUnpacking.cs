using System.Buffers;
using System.IO.Compression;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>Unpacks a zip file of anybody's into a folder, by its central directory, entry by entry.</summary>
/// <remarks>
/// Read with code of our own, because <see cref="ZipArchive"/> reads the whole directory into memory before it looks at how large it should be.
/// Source: file transfer, section 5.4. The Python client's newest entries have no length in front; older ones are deflated.
/// </remarks>
internal sealed class ZipUnpacking(Stream zip, FolderTree tree, ReceiveOptions options)
{
    // Deflating cannot do better than 1 to 1,032.
    private const long MostRatio = 1032;
    private const int PieceSize = 1 << 18;

    // Three lengths of two bytes each.
    private const int MostRecord = ZipReader.CentralLength + (3 * ushort.MaxValue);

    internal async ValueTask RunAsync(CancellationToken cancelled)
    {
        var end = await ReadEndAsync(cancelled).ConfigureAwait(false);
        if (end.Entries > options.MaxEntries)
            throw FolderTree.Bad($"it has {end.Entries} entries; at most {options.MaxEntries} are taken");
        var directory = ArrayPool<byte>.Shared.Rent(2 * MostRecord);
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            var position = end.Start;
            int held = 0, at = 0;
            for (var i = 0L; i < end.Entries; i++)
            {
                if (held - at < MostRecord && position < end.Start + end.Length)
                {
                    directory.AsSpan(at, held - at).CopyTo(directory);
                    (held, at) = (held - at, 0);
                    var count = (int)Math.Min(directory.Length - held, end.Start + end.Length - position);
                    await ReadAsync(position, directory.AsMemory(held, count), cancelled).ConfigureAwait(false);
                    position += count;
                    held += count;
                }

                at += await UnpackAsync(directory.AsMemory(at, held - at), end, piece, cancelled).ConfigureAwait(false);
            }

            if (at != held || position != end.Start + end.Length)
                throw FolderTree.Bad("the zip file is damaged: its directory is longer than it should be");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(directory);
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private async ValueTask<ZipEnd> ReadEndAsync(CancellationToken cancelled)
    {
        var tail = new byte[(int)Math.Min(zip.Length, ZipEnd.MaxTail)];
        await ReadAsync(zip.Length - tail.Length, tail, cancelled).ConfigureAwait(false);
        return ZipEnd.TryRead(tail, zip.Length, out var end, out var reason) ? end : throw FolderTree.Bad($"the zip file is damaged: {reason}");
    }

    // Says how long its record in the directory is.
    private async ValueTask<int> UnpackAsync(ReadOnlyMemory<byte> directory, ZipEnd end, byte[] piece, CancellationToken cancelled)
    {
        var length = directory.Length < ZipReader.CentralLength ? int.MaxValue : ZipReader.WholeCentralLength(directory.Span);
        if (length > directory.Length)
            throw FolderTree.Bad("the zip file is damaged: its directory ends early");
        if (!ZipReader.TryReadCentral(directory.Span[..length], out var entry, out var reason))
            throw FolderTree.Bad($"the zip file is damaged: {reason}");
        Check(entry);
        if (tree.Add(entry) is not { } path)
            return length;

        var header = piece.AsMemory(0, ZipReader.LocalLength);
        if (entry.Offset > end.Start - header.Length)
            throw Damaged(entry);
        await ReadAsync(entry.Offset, header, cancelled).ConfigureAwait(false);
        var start = entry.Offset + ZipReader.WholeLocalLength(header.Span);
        if (!ZipReader.IsLocal(header.Span) || start > end.Start || entry.Packed > end.Start - start)
            throw Damaged(entry);

        var file = options.Sink.Create(path);
        await using (file.ConfigureAwait(false))
            await CopyAsync(entry, start, file, piece, cancelled).ConfigureAwait(false);
        return length;
    }

    private async ValueTask CopyAsync(ZipEntry entry, long start, Stream file, byte[] piece, CancellationToken cancelled)
    {
        var packed = new StreamPart(zip, start, entry.Packed);
        Stream content = entry.Method == 0 ? packed : new DeflateStream(packed, CompressionMode.Decompress);
        await using (content.ConfigureAwait(false))
        {
            var crc = 0u;
            var left = entry.Length;
            while (true)
            {
                int count;
                try
                {
                    count = await content.ReadAsync(piece.AsMemory(0, PieceSize), cancelled).ConfigureAwait(false);
                }
                catch (InvalidDataException)
                {
                    throw Damaged(entry);
                }

                if (count == 0)
                    break;
                if (count > left)
                    throw Damaged(entry);
                left -= count;
                crc = Crc32.Append(crc, piece.AsSpan(0, count));
                await file.WriteAsync(piece.AsMemory(0, count), cancelled).ConfigureAwait(false);
            }

            if (left != 0 || crc != entry.Crc)
                throw Damaged(entry);
        }
    }

    private async ValueTask ReadAsync(long position, Memory<byte> buffer, CancellationToken cancelled)
    {
        zip.Position = position;
        await zip.ReadExactlyAsync(buffer, cancelled).ConfigureAwait(false);
    }

    private static void Check(ZipEntry entry)
    {
        if (entry.IsEncrypted || entry.Method is not (0 or 8))
            throw FolderTree.Bad($"'{Printable.Of(entry.Name)}' is encrypted, or packed in an unusual way");
        if (entry.Method == 0 ? entry.Length != entry.Packed : entry.Length / MostRatio > entry.Packed)
            throw FolderTree.Bad($"'{Printable.Of(entry.Name)}' cannot be as long as it says");
    }

    private static TransferException Damaged(ZipEntry entry) => FolderTree.Bad($"'{Printable.Of(entry.Name)}' is damaged");
}
