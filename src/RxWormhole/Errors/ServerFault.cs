namespace RxWormhole;

/// <summary>What was the matter with the rendezvous server.</summary>
public enum ServerFault
{
    /// <summary>It could not be reached at the first attempt. Later losses are mended without a word.</summary>
    Unreachable,

    /// <summary>It refused: its welcome had an error, it asked for a permission we cannot show, or it answered a command with an error.</summary>
    Refused,

    /// <summary>The nameplate or mailbox is in use by two others already.</summary>
    Crowded,

    /// <summary>It sent what makes no sense: not JSON, keys missing, an answer to nothing.</summary>
    Protocol,

    /// <summary>It lost the mailbox after the other side had been there, and what was lost did not come back in time.</summary>
    Forgotten,
}
