namespace RxWormhole.Fuzz;

/// <summary>What a run found.</summary>
/// <param name="Kind">What tells it from other faults: the type of the exception and where it comes from, or the property.</param>
/// <param name="Detail">All that is known.</param>
internal sealed record Fault(string Kind, string Detail)
{
    /// <summary>Whether it was measured, which something else on the machine may disturb.</summary>
    internal bool IsMeasured { get; init; }
}
