namespace RxWormhole.Testing;

/// <summary>What may go wrong in a <see cref="VirtualWorld"/>.</summary>
public enum WorldFaultKind
{
    /// <summary>The links of a process to its server are cut; both ends notice, and what was on the way is lost.</summary>
    Cut,

    /// <summary>The links of a process become half-open: nothing arrives any more, and nobody is told.</summary>
    HalfOpen,

    /// <summary>A process has no network for a while: its links and connections are cut, and new ones are refused.</summary>
    Unplugged,

    /// <summary>
    /// A process is cut off for a while and nobody is told: what is sent meanwhile arrives when that is over, also on links that were given up. So what was sent again in between
    /// arrives twice.
    /// </summary>
    Isolated,

    /// <summary>Nobody reaches the server for a while, and nobody is told, as <see cref="Isolated"/> for all processes.</summary>
    Partition,

    /// <summary>Frames of a process take differently long, in order.</summary>
    Jitter,

    /// <summary>The link of a process takes few bytes a second.</summary>
    SlowLink,

    /// <summary>The server plays messages to a process twice.</summary>
    Doubling,

    /// <summary>Messages that arrive at a process together come in another order.</summary>
    Shuffling,

    /// <summary>The server goes down for a while and keeps what it had.</summary>
    ServerRestart,

    /// <summary>The server crashes: it loses what was not durable yet, and comes up again after a while.</summary>
    ServerCrash,

    /// <summary>The server goes down for a while and loses everything.</summary>
    ServerLoss,

    /// <summary>The clock of a process is set to another time.</summary>
    ClockJump,

    /// <summary>A process ends without a word, and is started again after a while.</summary>
    Death,

    /// <summary>The machine of a process loses its power: as <see cref="Death"/>, but the server is not told that its links are gone.</summary>
    PowerLoss,

    /// <summary>Storing a checkpoint takes a while.</summary>
    SlowJournal,

    /// <summary>Each bulk connection of a process is cut after some bytes, for a while.</summary>
    TransitCut,

    /// <summary>Each bulk connection of a process becomes half-open after some bytes, for a while.</summary>
    TransitHalfOpen,

    /// <summary>Nobody can connect to a process, and bytes come slowly: it is behind a slow router.</summary>
    TransitUphill,

    /// <summary>The relay is down for a while.</summary>
    RelayDown,
}
