namespace RxWormhole;

/// <summary>What becomes of something inside a folder that cannot be sent.</summary>
public enum EntryPolicy
{
    /// <summary>It is left out, and named in <see cref="Outgoing.Skipped"/>.</summary>
    Skip,

    /// <summary>Nothing is sent.</summary>
    Fail,
}
