using RxWormhole.Protocol;

namespace RxWormhole.Cli;

/// <summary>How a command that talks to somebody else is to go about it: what options, environment and profile said, in this order, and the usual where nobody said anything.</summary>
internal sealed record ClientSettings
{
    /// <summary>The application id; only clients with the same one meet.</summary>
    internal string AppId { get; init; } = PublicServers.FileTransfer;

    /// <summary>The mailbox server.</summary>
    internal Uri Mailbox { get; init; } = PublicServers.Mailbox;

    /// <summary>The transit relay as it was written; null for the public one, empty for none.</summary>
    internal string? TransitHelper { get; init; }

    /// <summary>How many words a new code has.</summary>
    internal int CodeLength { get; init; } = WordList.DefaultLength;

    /// <summary>The code; null where it is made or asked for.</summary>
    internal string? Code { get; init; }

    /// <summary>Whether there is no code at all: zero mode.</summary>
    internal bool Zero { get; init; }

    /// <summary>Whether people compare verifiers before anything is sent or accepted.</summary>
    internal bool Verify { get; init; }

    /// <summary>Whether we listen for the other side.</summary>
    internal bool Listen { get; init; } = true;

    /// <summary>Which ways to the other side may be taken.</summary>
    internal TransitPaths Paths { get; init; } = TransitPaths.All;

    /// <summary>Where we listen.</summary>
    internal TransitPorts Ports { get; init; } = TransitPorts.Any;

    /// <summary>How long to wait for the other side; null for ever.</summary>
    internal TimeSpan? Timeout { get; init; }

    /// <summary>How often the server is asked; null for a standing connection.</summary>
    internal PollingSchedule? Schedule { get; init; }

    /// <summary>Whether events are written as JSON.</summary>
    internal bool Json { get; init; }

    /// <summary>Whether nothing is shown of the progress.</summary>
    internal bool HideProgress { get; init; }

    /// <summary>Whether the log of the session is shown.</summary>
    internal bool Verbose { get; init; }

    /// <summary>Whether colours are used.</summary>
    internal ColorChoice Color { get; init; } = ColorChoice.Auto;

    /// <summary>Whether a new code is shown as a QR code, too; null for at a terminal only.</summary>
    internal bool? Qr { get; init; }

    /// <summary>Where the times of what happened are written; null for nowhere.</summary>
    internal string? DumpTiming { get; init; }

    /// <summary>Whether every question that has a usual answer is taken as answered with yes.</summary>
    internal bool Yes { get; init; }

    /// <summary>Whether what cannot be sent of a folder is left out.</summary>
    internal bool IgnoreUnsendableFiles { get; init; }

    /// <summary>Whether offers are accepted without a question.</summary>
    internal bool AcceptFile { get; init; }

    /// <summary>The folder for what is received.</summary>
    internal string OutputDir { get; init; } = ".";

    /// <summary>What becomes of what is there already; null for asking, or refusing where nobody can be asked.</summary>
    internal ExistingChoice? Existing { get; init; }
}
