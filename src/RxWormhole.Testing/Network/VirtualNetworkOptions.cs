namespace RxWormhole.Testing;

/// <summary>What a <see cref="VirtualNetwork"/> should be like. Immutable.</summary>
public sealed record VirtualNetworkOptions
{
    /// <summary>The time a byte takes from one host to another, and as long back.</summary>
    /// <value>5 ms unless told otherwise; at least one tick, because a virtual clock orders what happens at one instant only by chance.</value>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>How many bytes a second each connection takes each way.</summary>
    /// <value>100,000,000 unless told otherwise; at least one.</value>
    public long BytesPerSecond { get; init; } = 100_000_000;

    /// <summary>How many bytes of one direction may be under way or unread before who writes has to wait.</summary>
    /// <value>One MiB unless told otherwise; at least one byte.</value>
    public int Window { get; init; } = 1 << 20;

    internal void Validate()
    {
        var problem =
            Latency < TimeSpan.FromTicks(1) ? "The latency must be at least one tick."
            : BytesPerSecond < 1 ? "A network must take at least one byte a second."
            : Window < 1 ? "The window must be at least one byte."
            : null;
        if (problem is not null)
            throw new ArgumentException(problem, "options");
    }
}
