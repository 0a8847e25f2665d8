using System.Runtime.CompilerServices;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>The direction into a link: reads as much as is there, finds the records in it, and keeps what whoever reads does not want for who reads next.</summary>
internal sealed class RecordInput : IDisposable
{
    private readonly ITransitConnection connection;
    private readonly RecordOpener opener;
    private readonly PumpBuffer held = new();
    private PumpBuffer[]? buffers;

    // What is held that nobody has taken stands from here on, to held.Length.
    private int start;

    // The size of the last whole record: a sender's records are alike.
    private int alike;

    // Of large buffers there is one at a time; what it stands in for waits here.
    private byte[]? large;
    private byte[]? replaced;
    private long moved;
    private bool isWaiting;
    private bool hasEnded;

    internal RecordInput(ITransitConnection connection, RecordOpener opener, ReadOnlySpan<byte> leftover)
    {
        this.connection = connection;
        this.opener = opener;
        // A handshake reads little; still, nothing that came may be lost.
        if (leftover.Length > PumpBuffer.Size)
            held.Bytes = new byte[leftover.Length];
        leftover.CopyTo(held.Bytes);
        held.Length = leftover.Length;
    }

    /// <summary>Changes whenever something came, and as long as nothing waits for the connection: what is slow then is here, and no silence of the other side.</summary>
    internal long Moved => Volatile.Read(ref isWaiting) ? Volatile.Read(ref moved) : Interlocked.Increment(ref moved);

    /// <summary>Whether a record has begun to come.</summary>
    internal bool IsInRecord => Volatile.Read(ref start) < held.Length;

    /// <summary>Whether what was filled last ends with the end of what was open-ended, if its seal is whole.</summary>
    internal bool HasEnded => hasEnded;

    internal PumpBuffer[] Buffers(PumpMode mode) => buffers ??= PumpBuffer.Few(mode == PumpMode.Inline ? 1 : 5);

    /// <summary>Waits until a whole record is there. False where the other side closed instead, between two records.</summary>
    internal async ValueTask<bool> WaitAsync()
    {
        while (true)
        {
            var length = Length(held.Bytes.AsSpan(start, held.Length - start));
            if (length > 0 && held.Length - start >= length)
                return true;
            MoveToFront(Math.Max(length, RecordSealer.Overhead));
            var read = await ReadAsync(held.Bytes.AsMemory(held.Length)).ConfigureAwait(false);
            if (read == 0 && held.Length == 0)
                return false;
            held.Length += NotZero(read);
        }
    }

    /// <summary>How much the record holds that was waited for.</summary>
    internal int NextBytes => Length(held.Bytes.AsSpan(start, held.Length - start)) - RecordSealer.Overhead;

    /// <summary>Opens the record that was waited for; it is gone then.</summary>
    internal void Take(Span<byte> plaintext)
    {
        var length = plaintext.Length + RecordSealer.Overhead;
        var fault = opener.Open(held.Bytes.AsSpan(start, length), plaintext);
        if (fault != RecordFault.None)
            throw BadRecord(fault);
        Volatile.Write(ref start, start + length);
        if (start == held.Length)
            Clear();
    }

    /// <summary>Fills a buffer with whole records, as many as are there, at least one; says how much they hold.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="wanted">How much they may hold together; more than 0.</param>
    /// <param name="isOpenEnded">Whether an empty record is the end of it, behind which nothing is taken.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<int> FillAsync(PumpBuffer buffer, long wanted, bool isOpenEnded = false)
    {
        // What is held comes first, without being copied.
        MoveToFront(0);
        (buffer.Bytes, held.Bytes) = (held.Bytes, buffer.Bytes);
        buffer.Length = held.Length;
        held.Length = 0;

        int whole, next, holds;
        while (!Survey(buffer.Filled.Span, wanted, isOpenEnded, out whole, out holds, out next))
        {
            var end = Bound(buffer.Length, next);
            if (end > buffer.Bytes.Length)
                Grow(buffer, end);
            buffer.Length += NotZero(await ReadAsync(buffer.Bytes.AsMemory(buffer.Length, end - buffer.Length)).ConfigureAwait(false));
        }

        // The part of a record at the end is all that is copied, and there is none where records are large or alike.
        var rest = buffer.Filled.Span[whole..];
        if (rest.Length > held.Bytes.Length)
            held.Bytes = new byte[rest.Length];
        rest.CopyTo(held.Bytes);
        held.Length = rest.Length;
        buffer.Length = whole;
        return holds;
    }

    /// <summary>Opens all records in a buffer, one behind the other at its front.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="padding">How many bytes at the end of each mean nothing.</param>
    internal void Open(PumpBuffer buffer, int padding = 0)
    {
        var left = buffer.Filled.Span;
        var opened = 0;
        while (!left.IsEmpty)
        {
            var record = left[..Length(left)];
            var holds = record.Length - RecordSealer.Overhead;
            var fault = opener.Open(record, buffer.Bytes.AsSpan(opened, holds));
            if (fault != RecordFault.None)
                throw BadRecord(fault);
            opened += Math.Max(0, holds - padding);
            left = left[record.Length..];
        }

        buffer.Length = opened;
    }

    /// <summary>Takes back the room that a large record needed.</summary>
    internal void Emptied(PumpBuffer buffer)
    {
        if (!buffer.IsLarge)
            return;
        large = buffer.Bytes;
        buffer.Bytes = Interlocked.Exchange(ref replaced, null) ?? new PumpBuffer().Bytes;
    }

    /// <summary>Forgets what only a bulk transfer needs.</summary>
    internal void Settle() => large = null;

    /// <summary>Wipes the key and gives the buffers back, when nothing runs any more.</summary>
    public void Dispose()
    {
        opener.Dispose();
        held.Return();
        foreach (var buffer in buffers ?? [])
            buffer.Return();
    }

    // False where there is not even one whole record; then next is the length of the one that is coming, if that is known.
    private bool Survey(ReadOnlySpan<byte> bytes, long wanted, bool isOpenEnded, out int whole, out int holds, out int next)
    {
        whole = 0;
        holds = 0;
        do
        {
            next = Length(bytes[whole..]);
            if (next - RecordSealer.Overhead > wanted - holds)
                throw new TransitException(TransitFault.TooMuch, $"The other side sent more than the {wanted} bytes that were still to come.");
            if (next == 0 || next > bytes.Length - whole)
                break;
            alike = next;
            whole += next;
            holds += next - RecordSealer.Overhead;
            hasEnded = isOpenEnded && next == RecordSealer.Overhead;
        }
        while (holds < wanted && !hasEnded);
        return whole > 0;
    }

    // Up to where is read: as many whole records as the buffer has room for, or the one that it has no room for.
    private int Bound(int have, int next)
    {
        if (next > PumpBuffer.Size || have >= PumpBuffer.Size)
            return next;
        var bound = alike is > 0 and <= PumpBuffer.Size ? PumpBuffer.Size / alike * alike : PumpBuffer.Size;
        return have < bound && next <= bound ? bound : PumpBuffer.Size;
    }

    private int Length(ReadOnlySpan<byte> bytes)
    {
        var fault = opener.ReadLength(bytes, out var length);
        return fault == RecordFault.None ? length : throw BadRecord(fault);
    }

    private void Grow(PumpBuffer buffer, int length)
    {
        var grown = large is { } kept && kept.Length >= length ? kept : GC.AllocateUninitializedArray<byte>(length, pinned: true);
        large = null;
        buffer.Filled.CopyTo(grown);
        if (!buffer.IsLarge)
            replaced = buffer.Bytes;
        buffer.Bytes = grown;
    }

    private void MoveToFront(int room)
    {
        if (start > 0)
        {
            held.Bytes.AsSpan(start, held.Length - start).CopyTo(held.Bytes);
            held.Length -= start;
            Volatile.Write(ref start, 0);
        }

        if (room > held.Bytes.Length)
            Grow(held, room);
    }

    private void Clear()
    {
        held.Length = 0;
        Volatile.Write(ref start, 0);
        Emptied(held);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadAsync(Memory<byte> room)
    {
        int read;
        Volatile.Write(ref isWaiting, true);
        try
        {
            read = await connection.ReadAsync(room).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not WormholeException)
        {
            throw new TransitException(TransitFault.Lost, "The connection to the other side was lost before everything had come.", exception);
        }

        Interlocked.Add(ref moved, read);
        Volatile.Write(ref isWaiting, false);
        return read;
    }

    private static int NotZero(int read) => read > 0
        ? read
        : throw new TransitException(TransitFault.Lost, "The other side closed the connection before everything had come.");

    private static TransitException BadRecord(RecordFault fault) => fault switch
    {
        RecordFault.TooLong => new(TransitFault.RecordTooLong, "The other side announced a record that is longer than we take (TransitOptions.RecordBytes)."),
        RecordFault.TooShort => new(TransitFault.BadRecord, "The other side announced a record that is too short to be one."),
        RecordFault.OutOfOrder => new(TransitFault.BadRecord, "A record came that is not the next one: one was left out, doubled or moved on the way."),
        _ => new(TransitFault.BadRecord, "A record came with a broken seal: it was changed on the way."),
    };
}
