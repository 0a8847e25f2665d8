namespace RxWormhole.Cli;

/// <summary>What the process ends with. Scripts rely on the numbers: docs/command-line.md lists them.</summary>
internal enum ExitCode
{
    /// <summary>What was asked for is done.</summary>
    Success = 0,

    /// <summary>Something that this machine could not do, such as listening on a port that is taken, or that should never happen.</summary>
    Failure = 1,

    /// <summary>Options or a configuration that make no sense.</summary>
    Usage = 2,

    /// <summary>The two sides have different codes, or people said that the verifiers differ.</summary>
    WrongCode = 3,

    /// <summary>Nobody came, or they did not come any further, in the time there was.</summary>
    NobodyCame = 4,

    /// <summary>One of the two sides did not want it.</summary>
    Rejected = 5,

    /// <summary>The mailbox server cannot be reached, or does not want us.</summary>
    Server = 6,

    /// <summary>The two sides could not be connected, or the transfer broke.</summary>
    Transfer = 7,

    /// <summary>A file or folder of this machine: missing, not readable, not writable, no space, there already.</summary>
    LocalFile = 8,

    /// <summary>Somebody pressed Ctrl-C, or the system told us to end.</summary>
    Interrupted = 130,
}
