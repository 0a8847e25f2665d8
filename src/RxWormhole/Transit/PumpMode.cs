namespace RxWormhole;

/// <summary>How the pump that moves bulk data runs its stages: reading, hashing, sealing, sending, and the way back.</summary>
public enum PumpMode
{
    /// <summary>Each stage by itself on the thread pool, with short queues between them: for real connections.</summary>
    Stages,

    /// <summary>One stage after the other, on the thread of whatever completes: for connections and files in virtual time.</summary>
    Inline,
}
