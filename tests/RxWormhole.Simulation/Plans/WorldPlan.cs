using System.Collections.Immutable;
using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>A world before it begins: everything that happens in it follows from this. Pure data.</summary>
/// <param name="Seed">What it was drawn from, and what else is random in it follows from.</param>
/// <param name="Pairs">Who meets.</param>
/// <param name="Faults">What goes wrong.</param>
internal sealed record WorldPlan(int Seed, ImmutableArray<PairPlan> Pairs, ImmutableArray<WorldFault> Faults)
{
    /// <summary>How many servers there are.</summary>
    internal int Servers { get; init; } = 1;

    /// <summary>How long a change takes until it is durable.</summary>
    internal TimeSpan CommitDelay { get; init; }

    /// <summary>Whether the servers keep mailboxes for days where they are asked to.</summary>
    internal bool KeepsLong { get; init; }

    /// <summary>Behind which of its own frames the links of which party are cut, in order, as <see cref="LinkFaults.CutAfter"/> counts them.</summary>
    internal ImmutableArray<FrameCut> Cuts { get; init; } = [];

    internal bool HasTransfer => Pairs.Any(pair => pair.FileLength is not null);
}
