using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>Unpacks the folder of a peer of ours as it arrives: each entry says its length in front.</summary>
/// <remarks>
/// With a journal, what stands in front of contents and behind them is written there, too: together with the files it is all that arrived of the entries, and the next attempt
/// goes on from it. What the central directory repeats at the end is of no use here, and goes nowhere; the sum over everything covers it.
/// </remarks>
internal sealed partial class FolderArrival(FolderTree tree, Stream? journal, IFileSink sink, long length) : LandingStream(length)
{
    private const int SignatureLength = 4;

    private byte[] record = new byte[256];
    private int held;
    private Part part;
    private ZipEntry? entry;
    private Stream? file;
    private long left;
    private uint crc;
    private long mostBehind = ZipReader.MostEndLength;

    private enum Part
    {
        Header,
        Content,
        Descriptor,
        Directory,
    }

    /// <summary>Whether all entries are there; a damaged end without an error before is no folder.</summary>
    internal bool IsComplete => part == Part.Directory;

    protected override async ValueTask WriteNextAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancelled)
    {
        while (!bytes.IsEmpty)
        {
            switch (part)
            {
                case Part.Content:
                    var piece = bytes[..(int)Math.Min(bytes.Length, left)];
                    crc = Crc32.Append(crc, piece.Span);
                    await file!.WriteAsync(piece, CancellationToken.None).ConfigureAwait(false);
                    left -= piece.Length;
                    bytes = bytes[piece.Length..];
                    if (left == 0)
                        part = Part.Descriptor;
                    break;

                case Part.Directory:
                    mostBehind -= bytes.Length;
                    if (mostBehind < 0)
                        throw FolderTree.Bad("its directory is longer than it should be");
                    return;

                default:
                    bytes = bytes[Take(bytes.Span)..];
                    if (held == Needed())
                        await EndRecordAsync().ConfigureAwait(false);
                    break;
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file?.Dispose();
            journal?.Dispose();
        }

        base.Dispose(disposing);
    }

    // Grows with what is known: first what kind of record it is, then how long.
    private int Needed() =>
        part == Part.Descriptor ? ZipReader.DescriptorLength(entry!.Length)
        : held < SignatureLength ? SignatureLength
        : ZipReader.IsBehindEntries(record) ? SignatureLength
        : !ZipReader.IsLocal(record) ? throw Damaged()
        : held < ZipReader.LocalLength ? ZipReader.LocalLength
        : ZipReader.WholeLocalLength(record);

    private int Take(ReadOnlySpan<byte> bytes)
    {
        var needed = Needed();
        if (record.Length < needed)
            Array.Resize(ref record, needed);
        var count = Math.Min(bytes.Length, needed - held);
        bytes[..count].CopyTo(record.AsSpan(held));
        held += count;
        return count;
    }

    private async ValueTask EndRecordAsync()
    {
        var done = record.AsMemory(0, held);
        held = 0;
        if (part == Part.Header && !ZipReader.IsLocal(done.Span))
        {
            part = Part.Directory;
            mostBehind -= done.Length;
            return;
        }

        // First: of what the journal does not know, nothing may be there when it is gone through.
        if (journal is not null)
            await journal.WriteAsync(done).ConfigureAwait(false);
        Take(done.Span, isThere: false);
    }

    private void Take(ReadOnlySpan<byte> done, bool isThere)
    {
        if (part == Part.Header)
        {
            Begin(done, isThere);
        }
        else
        {
            if (!ZipReader.IsDescriptorOf(done, entry!.Length, crc))
                throw Damaged();
            End();
        }
    }

    private void Begin(ReadOnlySpan<byte> header, bool isThere)
    {
        if (!ZipReader.TryReadStreamed(header, out entry, out var reason))
            throw FolderTree.Bad($"it is damaged: {reason}");
        mostBehind += ZipReader.MostCentralLength(header);
        crc = 0;
        left = entry.Length;
        if (tree.Add(entry) is { } path)
            file = isThere && sink.Look(path) is not null ? sink.OpenExisting(path) : sink.Create(path);
        part = left > 0 ? Part.Content : Part.Descriptor;
    }

    private void End()
    {
        file?.Dispose();
        file = null;
        part = Part.Header;
    }

    private TransferException Damaged() => FolderTree.Bad(entry is null ? "it is damaged at its beginning" : $"it is damaged at '{Printable.Of(entry.Name)}' or behind it");
}
