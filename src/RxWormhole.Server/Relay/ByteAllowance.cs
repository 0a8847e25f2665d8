namespace RxWormhole.Server;

/// <summary>How fast one direction of a pair may go.</summary>
internal struct ByteAllowance(long? perSecond, DateTimeOffset now)
{
    private DateTimeOffset free = now;

    /// <returns>How long to wait before more is passed on.</returns>
    internal TimeSpan Take(int bytes, DateTimeOffset now)
    {
        if (perSecond is not { } rate)
            return TimeSpan.Zero;
        if (free < now)
            free = now;
        free += TimeSpan.FromSeconds((double)bytes / rate);
        return free - now;
    }
}
