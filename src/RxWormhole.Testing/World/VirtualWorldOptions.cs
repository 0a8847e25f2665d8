namespace RxWormhole.Testing;

/// <summary>What a <see cref="VirtualWorld"/> should be like. Immutable.</summary>
public sealed record VirtualWorldOptions
{
    /// <summary>What its servers are like, as long as they are not told otherwise; the seed is the world's.</summary>
    /// <value>The usual, but a change takes ten milliseconds to become durable unless told otherwise, so that there is something to lose for <see cref="WorldFaultKind.ServerCrash"/>.</value>
    public VirtualRendezvousOptions Server { get; init; } = new() { CommitDelay = TimeSpan.FromMilliseconds(10) };

    /// <summary>What its network is like.</summary>
    public VirtualNetworkOptions Network { get; init; } = new();
}
