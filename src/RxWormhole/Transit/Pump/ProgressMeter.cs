using System.Reactive.Concurrency;

namespace RxWormhole;

/// <summary>Counts what moves, and makes values of it when asked.</summary>
internal sealed class ProgressMeter(TransferSpan span, TransitRoute route, IScheduler clock)
{
    // A rate is that of the last seconds: those since the oldest sample that is kept.
    private const int Samples = 50;

    private readonly Queue<(DateTimeOffset At, long Moved)> samples = new(Samples + 1);
    private long moved;

    internal void Add(int bytes) => Volatile.Write(ref moved, moved + bytes);

    /// <summary>How far it is.</summary>
    internal TransferProgress Look(TransferStage stage)
    {
        // The clock may look while whoever has just finished does.
        lock (samples)
            return LookAlone(stage);
    }

    private TransferProgress LookAlone(TransferStage stage)
    {
        var now = (At: clock.Now, Moved: Volatile.Read(ref moved));
        samples.Enqueue(now);
        if (samples.Count > Samples)
            samples.Dequeue();
        var oldest = samples.Peek();
        var seconds = (now.At - oldest.At).TotalSeconds;
        var rate = seconds > 0 ? (now.Moved - oldest.Moved) / seconds : 0;
        return new TransferProgress
        {
            Stage = stage,
            Bytes = span.Offset + now.Moved,
            Total = span.Total ?? (stage == TransferStage.Moving ? null : now.Moved),
            BytesPerSecond = rate,
            Remaining = stage != TransferStage.Moving ? TimeSpan.Zero : rate > 0 && span.Length is { } length ? Seconds((length - now.Moved) / rate) : null,
            Route = route,
        };
    }

    // A rate next to nothing makes times that no TimeSpan holds.
    private static TimeSpan? Seconds(double seconds) => seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : null;
}
