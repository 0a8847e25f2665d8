namespace RxWormhole;

/// <summary>Why something was not sent or received.</summary>
public enum TransferFault
{
    /// <summary>The other side said no, or gave up; its words are in the message.</summary>
    Rejected,

    /// <summary>The other side sent what is no file transfer, or is not allowed at that moment.</summary>
    BadMessage,

    /// <summary>What should be sent is not there, is no file or folder, or cannot be read.</summary>
    BadSource,

    /// <summary>What was sent changed meanwhile.</summary>
    SourceChanged,

    /// <summary>The offered name cannot be used safely.</summary>
    UnsafeName,

    /// <summary>There is something of that name already.</summary>
    Exists,

    /// <summary>There is not enough free space, or the offer is larger than allowed.</summary>
    NoSpace,

    /// <summary>A received folder contains what must not be unpacked, or is damaged.</summary>
    BadFolder,

    /// <summary>What was received could not be written.</summary>
    CannotWrite,

    /// <summary>What arrived is not what was sent.</summary>
    Corrupted,

    /// <summary>The connection was lost and could not be made again.</summary>
    Interrupted,

    /// <summary>Two of the paths to be sent together end in the same name.</summary>
    SameName,
}
