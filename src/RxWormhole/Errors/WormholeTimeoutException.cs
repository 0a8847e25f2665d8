using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>The session's time was over: <see cref="WormholeOptions.Timeout"/>, counted from the first verb on.</summary>
public sealed class WormholeTimeoutException : WormholeException
{
    internal WormholeTimeoutException(TimeSpan limit, string what, Mood mood)
        : base($"The session's time of {limit} is over; {what}", mood) => Limit = limit;

    /// <summary>The time the session had.</summary>
    public TimeSpan Limit { get; }
}
