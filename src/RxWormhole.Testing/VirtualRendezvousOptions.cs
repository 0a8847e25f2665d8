using RxWormhole.Protocol;

namespace RxWormhole.Testing;

/// <summary>What a <see cref="VirtualRendezvous"/> should be like.</summary>
public sealed record VirtualRendezvousOptions
{
    /// <summary>The time a frame takes from client to server, and as long back.</summary>
    /// <value>5 ms unless told otherwise; at least one tick, because a virtual clock orders what happens at one instant only by chance.</value>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>What every client is told first; a permission named here is required.</summary>
    public WelcomeInfo Welcome { get; init; } = new();

    /// <summary>How long mailboxes are kept that nobody touches.</summary>
    /// <value>That of the reference server, eleven minutes, unless told otherwise. Where it can be extended, the welcome says so.</value>
    public KeepPolicy Keep { get; init; } = KeepPolicy.Reference;

    /// <summary>How often the server looks for mailboxes whose time is over.</summary>
    /// <value>Five minutes unless told otherwise, as the reference server does.</value>
    public TimeSpan PruneEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Where the server's randomness comes from.</summary>
    /// <value>A predictable source unless told otherwise, so that a test is the same each time.</value>
    public Entropy Entropy { get; init; } = SeededEntropy.Create(0);
}
