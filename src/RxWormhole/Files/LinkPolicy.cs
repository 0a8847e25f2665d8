namespace RxWormhole;

/// <summary>What becomes of symbolic links inside a folder that is sent.</summary>
public enum LinkPolicy
{
    /// <summary>What they lead to is sent in their place.</summary>
    Follow,

    /// <summary>They are left out, and named in <see cref="Outgoing.Skipped"/>.</summary>
    Skip,

    /// <summary>Nothing is sent.</summary>
    Fail,
}
