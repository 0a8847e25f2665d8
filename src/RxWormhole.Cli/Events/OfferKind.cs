namespace RxWormhole.Cli;

/// <summary>What is sent or received.</summary>
internal enum OfferKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>Several files and folders at once.</summary>
    Several,

    /// <summary>Bytes of no file: standard input.</summary>
    Stream,
}
