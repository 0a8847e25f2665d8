namespace RxWormhole.Cli;

/// <summary>What becomes of a received file or folder where there is one of its name.</summary>
internal enum ExistingChoice
{
    /// <summary>It takes the place of what is there.</summary>
    Overwrite,

    /// <summary>It gets another name.</summary>
    Rename,

    /// <summary>It is turned down, and that is no failure.</summary>
    Skip,
}
