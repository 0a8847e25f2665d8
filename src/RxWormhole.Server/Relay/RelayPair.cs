namespace RxWormhole.Server;

/// <summary>Two connections that are glued together.</summary>
internal sealed class RelayPair(RelayClient first, RelayClient second, DateTimeOffset now)
{
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int left = 2;
    private long bytes;
    private long active = now.UtcTicks;

    internal RelayClient First => first;

    internal RelayClient Second => second;

    /// <summary>How many bytes were passed on, both ways.</summary>
    internal long Bytes => Volatile.Read(ref bytes);

    /// <summary>When something was passed on last.</summary>
    internal DateTimeOffset Active => new(Volatile.Read(ref active), TimeSpan.Zero);

    internal RelayEnd OtherThan(RelayEnd end) => end == first.End ? second.End : first.End;

    /// <returns>How many there are in all.</returns>
    internal long Count(int passed, DateTimeOffset now)
    {
        Volatile.Write(ref active, now.UtcTicks);
        return Interlocked.Add(ref bytes, passed);
    }

    /// <summary>Completes when both directions have ended.</summary>
    internal Task Over => over.Task;

    /// <summary>One of the two directions has ended.</summary>
    /// <returns>Whether it was the last.</returns>
    internal bool Leave()
    {
        if (Interlocked.Decrement(ref left) > 0)
            return false;
        over.SetResult();
        return true;
    }

    internal void Abort()
    {
        first.End.Abort();
        second.End.Abort();
    }
}
