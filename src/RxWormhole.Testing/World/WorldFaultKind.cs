namespace RxWormhole.Testing;

/// <summary>What may go wrong in a <see cref="VirtualWorld"/>.</summary>
/// <remarks>"For a while" is <see cref="WorldFault.Lasts"/>; what says nothing of that and is not over at once stays to the end.</remarks>
public enum WorldFaultKind
{
    /// <summary>The links of a process to its server are cut; both ends notice, and what was on the way is lost.</summary>
    Cut,

    /// <summary>The links of a process become half-open: nothing arrives any more, and nobody is told.</summary>
    HalfOpen,

    /// <summary>A process has no network for a while: its links and bulk connections are cut, and new ones are refused.</summary>
    Unplugged,

    /// <summary>
    /// A process is cut off for a while, from the server and from others, and nobody is told: what is sent meanwhile arrives when that is over, also on links that were given up. So what was sent again in between
    /// arrives twice.
    /// </summary>
    Isolated,

    /// <summary>No process reaches its server for a while, and nobody is told, as <see cref="Isolated"/>; bulk connections are not concerned.</summary>
    Partition,

    /// <summary>Frames of a process take differently long, in order, on links made from then on: up to <see cref="WorldFault.Lasts"/> longer.</summary>
    Jitter,

    /// <summary>Links that a process makes from then on take few bytes a second: <see cref="WorldFault.Amount"/>.</summary>
    SlowLink,

    /// <summary>The server plays messages to a process twice, on links made from then on.</summary>
    Doubling,

    /// <summary>Messages that arrive at a process together come in another order, on links made from then on; over HTTP they do not.</summary>
    Shuffling,

    /// <summary>The server goes down for a while and keeps what it had.</summary>
    ServerRestart,

    /// <summary>The server crashes: it loses what was not durable yet (see <see cref="VirtualRendezvousOptions.CommitDelay"/>), and comes up again after a while.</summary>
    ServerCrash,

    /// <summary>The server goes down for a while and loses everything.</summary>
    ServerLoss,

    /// <summary>The clock of a process is set to another time: <see cref="WorldFault.Lasts"/> later than it was, or earlier where that is negative.</summary>
    ClockJump,

    /// <summary>A process ends without a word, and is started again after a while.</summary>
    Death,

    /// <summary>The machine of a process loses its power: as <see cref="Death"/>, but nobody is told. The server learns that its links are gone when it is started again.</summary>
    PowerLoss,

    /// <summary>Storing a checkpoint takes a process a while, from then on.</summary>
    SlowJournal,

    /// <summary>Each bulk connection that a process makes or takes in a while is cut after some bytes: <see cref="WorldFault.Amount"/>.</summary>
    TransitCut,

    /// <summary>Each bulk connection that a process makes or takes in a while becomes half-open after some bytes: <see cref="WorldFault.Amount"/>.</summary>
    TransitHalfOpen,

    /// <summary>For a while nobody can connect to a process, and connections it makes take few bytes a second, <see cref="WorldFault.Amount"/>: it is behind a slow router.</summary>
    TransitUphill,

    /// <summary>The relay is down for a while: connections through it are cut, and new ones refused.</summary>
    RelayDown,
}
