namespace RxWormhole;

/// <summary>What becomes of a link after what was sent on it.</summary>
internal enum LinkVerdict
{
    /// <summary>It stays.</summary>
    Stay,

    /// <summary>A poll has nothing left to do, unless the application answers what it brought.</summary>
    HangUp,

    /// <summary>What is left to do needs a new link at once, because the server takes some commands only once on each.</summary>
    Redial,

    /// <summary>The session is closing, and nothing of it is left on the server.</summary>
    Finished,
}
