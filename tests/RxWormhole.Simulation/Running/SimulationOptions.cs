namespace RxWormhole.Simulation;

/// <summary>What the command was told.</summary>
internal sealed record SimulationOptions(int FirstSeed, int Seeds, int Threads)
{
    internal string? Sabotage { get; init; }

    internal bool HasRealExchange { get; init; }

    internal bool PrintsHashes { get; init; }

    internal bool PrintsTraces { get; init; }

    internal bool IsExhaustive { get; init; }

    internal bool IsStrict { get; init; }
}
