namespace RxWormhole.Tests.Transit;

/// <summary>One end of a connection in memory, with a window: who writes waits while the other end does not read.</summary>
internal sealed class MemoryConnection(PumpMode mode, int window) : ITransitConnection
{
    private readonly Lock gate = new();
    private readonly Queue<byte[]> arrived = new();
    private readonly List<TaskCompletionSource> room = [];
    private MemoryConnection other = null!;
    private int unread;
    private int offset;
    private TaskCompletionSource? readable;
    private bool isClosed;
    private bool isLost;

    internal static (MemoryConnection Left, MemoryConnection Right) Pair(PumpMode mode, int window = 1 << 20)
    {
        var left = new MemoryConnection(mode, window);
        var right = new MemoryConnection(mode, window) { other = left };
        left.other = right;
        return (left, right);
    }

    public string RemoteAddress => "memory";

    /// <summary>All that was written into this end.</summary>
    internal long Written { get; private set; }

    /// <summary>What has come and was not read.</summary>
    internal int Unread => Volatile.Read(ref unread);

    /// <summary>How much one read gets at most.</summary>
    internal int ReadSize { get; set; } = int.MaxValue;

    /// <summary>Nothing that is written arrives any more, and nothing fails either.</summary>
    internal bool IsSilent { get; set; }

    /// <summary>Changes what is written into this end.</summary>
    internal Func<byte[], byte[]> Tamper { get; set; } = bytes => bytes;

    internal bool IsDisposed => isLost;

    /// <summary>Lets something happen a moment later in virtual time.</summary>
    internal Action<Action> Post { get; set; } = action => action();

    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        Assert.That(buffer.Length, Is.GreaterThan(0));
        while (true)
        {
            Task waiting;
            lock (gate)
            {
                if (isLost)
                    throw new IOException("disposed of");
                if (arrived.TryPeek(out var first))
                {
                    var count = Math.Min(Math.Min(buffer.Length, first.Length - offset), ReadSize);
                    first.AsSpan(offset, count).CopyTo(buffer.Span);
                    offset += count;
                    unread -= count;
                    if (offset == first.Length)
                    {
                        arrived.Dequeue();
                        offset = 0;
                    }

                    Wake();
                    return count;
                }

                if (isClosed)
                    return 0;
                readable = Source();
                waiting = readable.Task;
            }

            await waiting.ConfigureAwait(false);
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        var left = Tamper(bytes.ToArray());
        while (left.Length > 0)
        {
            lock (gate)
            {
                if (isLost)
                    throw new IOException("disposed of");
            }

            var taken = other.Take(left, out var waiting);
            Written += taken;
            left = left[taken..];
            if (waiting is not null)
                await waiting.ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        TaskCompletionSource?[] pending;
        lock (gate)
        {
            isLost = true;
            pending = [readable, .. room];
            readable = null;
            room.Clear();
        }

        foreach (var each in pending)
            each?.TrySetResult();
        other.Close();
    }

    private void Close()
    {
        TaskCompletionSource?[] pending;
        lock (gate)
        {
            isClosed = true;
            pending = [readable, .. room];
            readable = null;
            room.Clear();
        }

        foreach (var each in pending)
            each?.TrySetResult();
    }

    private int Take(byte[] bytes, out Task? waiting)
    {
        TaskCompletionSource? wake;
        int taken;
        lock (gate)
        {
            waiting = null;
            if (isLost)
                throw new IOException("reset by the other end");
            taken = other.IsSilent ? 0 : Math.Min(bytes.Length, window - unread);
            if (taken < bytes.Length)
            {
                var source = Source();
                room.Add(source);
                waiting = source.Task;
            }

            if (taken == 0)
                return 0;
            arrived.Enqueue(bytes[..taken]);
            unread += taken;
            wake = readable;
            readable = null;
        }

        if (wake is not null)
            Later([wake]);
        return taken;
    }

    // Called with the lock held; whoever waits goes on outside of it.
    private void Wake()
    {
        var all = room.ToArray();
        room.Clear();
        if (all.Length > 0)
            Later(all);
    }

    // In virtual time each way takes a moment, or two ends that never wait would never come to an end.
    private void Later(TaskCompletionSource[] all)
    {
        if (mode == PumpMode.Inline)
            Post(Go);
        else
            Go();

        void Go()
        {
            foreach (var each in all)
                each.TrySetResult();
        }
    }

    private TaskCompletionSource Source() =>
        mode == PumpMode.Stages ? new(TaskCreationOptions.RunContinuationsAsynchronously) : new();
}
