using System.Reactive.Concurrency;

namespace RxWormhole.Testing;

/// <summary>One direction of a virtual connection: bytes that are under way, those that arrived and were not read, and whoever waits for either.</summary>
internal sealed class VirtualFlow(
    VirtualLine line, IScheduler clock, TimeSpan latency, long bytesPerSecond, int window, long? corruptAt, (Cable Near, Cable Far) cables)
{
    // Small enough that what is slow arrives bit by bit.
    private const int Piece = 64 * 1024;

    private readonly Lock gate = new();
    private readonly Wire wire = new(clock, latency, cables.Near, cables.Far);
    private readonly Wire acknowledged = new(clock, latency, cables.Near, cables.Far);
    private readonly Queue<ReadOnlyMemory<byte>> arrived = new();
    private readonly Pending reader = new();
    private readonly Pending writer = new();
    private ReadOnlyMemory<byte> head;
    private Memory<byte> reading;
    private ReadOnlyMemory<byte> writing;
    private bool isReading;
    private bool isWriting;
    private long outstanding;
    private long received;
    private DateTimeOffset free;
    private bool isFinished;
    private string? readFault;
    private string? writeFault;

    private bool HasBytes => !head.IsEmpty || arrived.Count > 0;

    /// <summary>Has something happen at the other end, in order with the bytes.</summary>
    internal void Put(Action arrive) => wire.Put(arrive);

    internal ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        lock (gate)
        {
            if (isReading)
                return ValueTask.FromException<int>(new InvalidOperationException("Somebody reads already."));
            if (readFault is not null)
                return ValueTask.FromException<int>(new IOException(readFault));
            if (HasBytes)
                return ValueTask.FromResult(Take(buffer));
            if (isFinished)
                return ValueTask.FromResult(0);
            isReading = true;
            reading = buffer;
            return reader.Begin();
        }
    }

    internal ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        lock (gate)
        {
            if (isWriting)
                return ValueTask.FromException(new InvalidOperationException("Somebody writes already."));
            if (writeFault is not null)
                return ValueTask.FromException(new IOException(writeFault));
            writing = bytes;
            LaunchWhatFits();
            if (writing.IsEmpty)
                return ValueTask.CompletedTask;
            isWriting = true;
            return writer.BeginWithoutResult();
        }
    }

    /// <summary>Who writes closes: what is under way still arrives, and then the end.</summary>
    internal void Finish(string why)
    {
        FailWriting(why);
        wire.Put(Finished);
    }

    /// <summary>Who reads closes.</summary>
    internal void Abandon(string why) => FailReading(why);

    /// <summary>Who writes learns that it is in vain.</summary>
    internal void FailWriting(string why)
    {
        lock (gate)
        {
            writeFault ??= why;
            writing = default;
            if (!isWriting)
                return;
            isWriting = false;
        }

        writer.Fail(new IOException(why));
    }

    /// <summary>Everything that is under way is lost, and both ends learn it.</summary>
    internal void Cut(string why)
    {
        wire.Cut();
        acknowledged.Cut();
        FailReading(why);
        FailWriting(why);
    }

    private void FailReading(string why)
    {
        lock (gate)
        {
            readFault ??= why;
            arrived.Clear();
            head = default;
            if (!isReading)
                return;
            isReading = false;
            reading = default;
        }

        reader.Fail(new IOException(why));
    }

    private void LaunchWhatFits()
    {
        while (!writing.IsEmpty && outstanding < window)
        {
            var bytes = writing[..(int)Math.Min(Math.Min(writing.Length, Piece), window - outstanding)].ToArray();
            writing = writing[bytes.Length..];
            outstanding += bytes.Length;
            var now = clock.Now;
            free = (free > now ? free : now) + Pace.Of(bytes.Length, bytesPerSecond);
            wire.Put(() => Arrive(bytes), free - now);
        }
    }

    private void Arrive(Memory<byte> bytes)
    {
        var passed = line.Pass(bytes.Length, out var fault);
        var result = 0;
        lock (gate)
        {
            bytes = bytes[..passed];
            if (corruptAt - received is { } at && at >= 0 && at < passed)
                bytes.Span[(int)at] ^= 0x01;
            received += passed;
            if (readFault is not null)
                Acknowledge(passed);
            else if (passed > 0)
                arrived.Enqueue(bytes);
            if (isReading && HasBytes)
            {
                result = Take(reading);
                isReading = false;
                reading = default;
            }
        }

        if (result > 0)
            reader.Succeed(result);
        fault?.Invoke();
    }

    // Fills the buffer with what is there, so that many small writes are one read.
    private int Take(Memory<byte> buffer)
    {
        var taken = 0;
        while (taken < buffer.Length && HasBytes)
        {
            head = head.IsEmpty ? arrived.Dequeue() : head;
            var count = Math.Min(head.Length, buffer.Length - taken);
            head[..count].CopyTo(buffer[taken..]);
            head = head[count..];
            taken += count;
        }

        Acknowledge(taken);
        return taken;
    }

    private void Acknowledge(int count)
    {
        if (!line.IsHalted)
            acknowledged.Put(() => Acknowledged(count));
    }

    private void Acknowledged(int count)
    {
        if (line.IsHalted)
            return;
        lock (gate)
        {
            outstanding -= count;
            LaunchWhatFits();
            if (!isWriting || !writing.IsEmpty)
                return;
            isWriting = false;
        }

        writer.Succeed(0);
    }

    private void Finished()
    {
        if (line.IsSilent)
            return;
        if (line.IsHalted)
            FailReading("the other end closed a connection that had stalled");
        line.OnFinished(this);
        lock (gate)
        {
            isFinished = true;
            if (!isReading)
                return;
            isReading = false;
            reading = default;
        }

        reader.Succeed(0);
    }
}
