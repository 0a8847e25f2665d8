namespace RxWormhole.Testing;

/// <summary>What a <see cref="VirtualWorld"/> should be like. Immutable.</summary>
public sealed record VirtualWorldOptions
{
    /// <summary>What its servers are like, as long as they are not told otherwise; the seed is the world's.</summary>
    public VirtualRendezvousOptions Server { get; init; } = new();

    /// <summary>What its network is like.</summary>
    public VirtualNetworkOptions Network { get; init; } = new();
}
