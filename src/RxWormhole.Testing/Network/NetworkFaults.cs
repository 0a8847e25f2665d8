namespace RxWormhole.Testing;

/// <summary>What goes wrong with the connections of one host. Immutable; set as <see cref="VirtualHost.Faults"/> it applies to connections made from then on.</summary>
/// <remarks>A connection has the faults of both its ends: it takes the longer latency and the lower speed, and ends as the first of them says.</remarks>
public sealed record NetworkFaults
{
    /// <summary>Nothing goes wrong.</summary>
    public static NetworkFaults None { get; } = new();

    /// <summary>Nobody reaches the host, and who tries is not told; it reaches others.</summary>
    public static NetworkFaults BehindNat { get; } = new() { Inbound = Reach.Dropped };

    /// <summary>What becomes of attempts to connect to the host.</summary>
    public Reach Inbound { get; init; }

    /// <summary>What becomes of the host's attempts to connect to others.</summary>
    public Reach Outbound { get; init; }

    /// <summary>The time a byte takes each way; null for that of the network.</summary>
    /// <value>At least one tick.</value>
    public TimeSpan? Latency
    {
        get;
        init
        {
            if (value is { } latency)
                ArgumentOutOfRangeException.ThrowIfLessThan(latency, TimeSpan.FromTicks(1), nameof(Latency));
            field = value;
        }
    }

    /// <summary>How many bytes a second a connection takes each way; null for as many as the network takes.</summary>
    /// <value>At least one.</value>
    public long? BytesPerSecond { get; init => field = AtLeast(1, value, nameof(BytesPerSecond)); }

    /// <summary>After how many bytes, both ways together, a connection is cut: what is on the way is lost, and both ends notice.</summary>
    /// <value>Zero or more, counted on each connection as bytes arrive; null for never.</value>
    public long? CutAfter { get; init => field = AtLeast(0, value, nameof(CutAfter)); }

    /// <summary>After how many bytes a connection becomes half-open: nothing arrives any more on either side, the end included, and nobody is told.</summary>
    /// <value>Counted as for <see cref="CutAfter"/>.</value>
    public long? SilentAfter { get; init => field = AtLeast(0, value, nameof(SilentAfter)); }

    /// <summary>After how many bytes a connection stalls: no byte arrives any more on either side, but when one end closes, the other notices.</summary>
    /// <value>Counted as for <see cref="CutAfter"/>.</value>
    public long? StallAfter { get; init => field = AtLeast(0, value, nameof(StallAfter)); }

    /// <summary>Which byte that the host receives on a connection is another one than was sent.</summary>
    /// <value>Counted from zero; null for none.</value>
    public long? CorruptAt { get; init => field = AtLeast(0, value, nameof(CorruptAt)); }

    private static long? AtLeast(long least, long? value, string name)
    {
        if (value is { } given)
            ArgumentOutOfRangeException.ThrowIfLessThan(given, least, name);
        return value;
    }
}
