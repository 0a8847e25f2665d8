namespace RxWormhole;

/// <summary>What will be sent.</summary>
public sealed class Outgoing
{
    private Outgoing()
    {
    }

    /// <summary>What was left out.</summary>
    public IReadOnlyList<SkippedEntry> Skipped => throw new NotImplementedException();
}
