using System.Buffers;
using System.Security.Cryptography;
using RxWormhole.Protocol;

namespace RxWormhole;

internal sealed partial class FolderArrival
{
    private const int PieceSize = 1 << 18;

    /// <summary>Goes through what an earlier attempt left as if it arrived again, and feeds it into the hash; says how many bytes of the wire it is.</summary>
    /// <exception cref="TransferException">It does not fit together, as after a crash of the machine.</exception>
    internal async ValueTask<long> ReplayAsync(IncrementalHash hash, CancellationToken cancelled)
    {
        var at = 0L;
        journal!.Position = 0;
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            while (await ReadRecordAsync(cancelled).ConfigureAwait(false))
            {
                hash.AppendData(record, 0, held);
                at = journal.Position;
                Position += held;
                var isHeader = part == Part.Header;
                if (isHeader && !ZipReader.IsLocal(record))
                    throw Damaged();
                Take(record.AsSpan(0, held), isThere: true);
                if (isHeader)
                    await ReplayContentAsync(hash, piece, cancelled).ConfigureAwait(false);
            }

            if (part == Part.Content && journal.Length != at)
                throw Damaged();
            if (Position > Length)
                throw Damaged();
            tree.CheckNothingElse();

            // A record that was half written arrives again.
            journal.SetLength(at);
            journal.Position = at;
            held = 0;
            return Position;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    // False if the journal ends before the record does, or there is content to come first.
    private async ValueTask<bool> ReadRecordAsync(CancellationToken cancelled)
    {
        if (part == Part.Content)
            return false;
        for (held = 0; held < Needed();)
        {
            var count = Needed() - held;
            if (journal!.Length - journal.Position < count)
                return false;
            if (record.Length < held + count)
                Array.Resize(ref record, held + count);
            await journal.ReadExactlyAsync(record.AsMemory(held, count), cancelled).ConfigureAwait(false);
            held += count;
        }

        return true;
    }

    private async ValueTask ReplayContentAsync(IncrementalHash hash, byte[] piece, CancellationToken cancelled)
    {
        if (file is null)
            return;
        if (file.Length > left)
            throw Damaged();
        for (var there = file.Length; there > 0;)
        {
            var count = await file.ReadAsync(piece.AsMemory(0, (int)Math.Min(there, PieceSize)), cancelled).ConfigureAwait(false);
            if (count == 0)
                throw Damaged();
            hash.AppendData(piece, 0, count);
            crc = Crc32.Append(crc, piece.AsSpan(0, count));
            there -= count;
            left -= count;
            Position += count;
        }

        part = left > 0 ? Part.Content : Part.Descriptor;
    }
}
