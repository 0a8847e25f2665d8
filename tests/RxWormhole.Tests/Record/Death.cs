namespace RxWormhole.Tests.Record;

/// <summary>How a process ends at a checkpoint.</summary>
internal enum Death
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>The checkpoint was stored, and nothing that waits for it happened.</summary>
    Stored,

    /// <summary>What waited for it happened, but the frames were lost with the link.</summary>
    FramesLost,

    /// <summary>What waited for it happened, and the frames arrived.</summary>
    FramesArrive,
}
