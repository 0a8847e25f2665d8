using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>What worlds are made of: sound parts, or broken ones.</summary>
internal sealed record Settings
{
    /// <summary>The parts of every session.</summary>
    internal SessionRules Rules { get; init; } = new StandInRules();

    /// <summary>Changes what the servers are made of.</summary>
    internal Func<VirtualRendezvousOptions, VirtualRendezvousOptions> Server { get; init; } = static options => options;
}
