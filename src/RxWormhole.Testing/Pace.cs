using System.Buffers.Binary;
using System.Reactive.Concurrency;

namespace RxWormhole.Testing;

/// <summary>How much longer than its latency a direction of a link takes for what is sent.</summary>
internal sealed class Pace(IScheduler clock, TimeSpan jitter, long? bytesPerSecond, Entropy entropy)
{
    private DateTimeOffset free;

    /// <summary>The next thing that is sent takes so much longer.</summary>
    /// <param name="length">How many bytes it has.</param>
    internal TimeSpan Next(int length) => Uneven() + Behind(length);

    /// <summary>The time of so many bytes.</summary>
    internal static TimeSpan Of(long length, long bytesPerSecond) => TimeSpan.FromTicks((long)((double)length * TimeSpan.TicksPerSecond / bytesPerSecond));

    private TimeSpan Uneven()
    {
        if (jitter == TimeSpan.Zero)
            return TimeSpan.Zero;
        Span<byte> random = stackalloc byte[sizeof(ulong)];
        entropy(random);
        return TimeSpan.FromTicks((long)(BinaryPrimitives.ReadUInt64LittleEndian(random) % ((ulong)jitter.Ticks + 1)));
    }

    private TimeSpan Behind(int length)
    {
        if (bytesPerSecond is not { } speed)
            return TimeSpan.Zero;
        var now = clock.Now;
        free = (free > now ? free : now) + Of(length, speed);
        return free - now;
    }
}
