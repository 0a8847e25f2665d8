using System.Reactive;
using System.Reactive.Concurrency;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>Everything a session can be told. Immutable; <see cref="Wormhole.Create"/> checks all of it at once.</summary>
public sealed record WormholeOptions
{
    // Timers of the platform end at 2^32 milliseconds.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(49);

    /// <summary>What the programs that send and receive files use: their application id, and versions by which two of ours find out what more they can do.</summary>
    /// <remarks>With the versions left out, file transfer is that of the other clients: nothing is gone on with, and several files arrive as a folder.</remarks>
    public static WormholeOptions ForFiles { get; } = new() { AppId = PublicServers.FileTransfer, AppVersions = TransferFeatures.Ours };

    /// <summary>Names the application, for instance <c>example.com/app</c>. Only sessions with the same id meet. Required.</summary>
    /// <value>1 to 1,000 characters.</value>
    public required string AppId { get; init; }

    /// <summary>The rendezvous server.</summary>
    /// <value><c>ws://</c> or <c>wss://</c>; <see cref="PublicServers.Mailbox"/> unless told otherwise.</value>
    public Uri Rendezvous { get; init; } = PublicServers.Mailbox;

    /// <summary>Makes the links to the server.</summary>
    /// <value>WebSockets unless told otherwise.</value>
    public IRendezvousConnector Connector { get; init; } = WebSocketConnector.Default;

    /// <summary>Where all time comes from, and where everything the application gets is delivered.</summary>
    /// <value>The thread pool unless told otherwise; a <c>TestScheduler</c> makes a session run in virtual time. Not the immediate or current-thread scheduler.</value>
    public IScheduler Scheduler { get; init; } = DefaultScheduler.Instance;

    /// <summary>Whether a link stays or is made now and then.</summary>
    /// <value><see cref="LinkMode.Push"/> unless told otherwise.</value>
    public LinkMode Mode { get; init; } = LinkMode.Push;

    /// <summary>When a session in <see cref="LinkMode.Poll"/> asks the server.</summary>
    /// <value><see cref="PollingSchedule.FaceToFace"/> unless told otherwise.</value>
    public PollingSchedule Schedule { get; init; } = PollingSchedule.FaceToFace;

    /// <summary>How long the session may take in all, from its first verb on.</summary>
    /// <value>Five minutes unless told otherwise; up to 49 days, or <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What the other side is told about this application; it arrives there as <see cref="Wormhole.Versions"/>.</summary>
    /// <value>An empty object unless told otherwise.</value>
    public AppVersions AppVersions { get; init; } = AppVersions.None;

    /// <summary>Stores a checkpoint; the session goes on when the observable completes, and ends if it fails.</summary>
    /// <value>None unless told otherwise: then no checkpoint is made.</value>
    /// <remarks>
    /// Called on <see cref="Scheduler"/>, once at a time, before what the checkpoint is about has any effect. A write that has begun goes on when the wormhole
    /// is disposed of: who restores in the same process waits for it first.
    /// </remarks>
    public Func<Checkpoint, IObservable<Unit>>? Journal { get; init; }

    /// <summary>Where all randomness comes from.</summary>
    /// <value>The system's cryptographic source unless told otherwise. A predictable one is for tests only.</value>
    public Entropy Entropy { get; init; } = SystemEntropy.Instance;

    /// <summary>Gets what an operator of the program should know. Never a code, a key or a message.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>How much is taken from peer and server.</summary>
    public WormholeBounds Bounds { get; init; } = new();

    /// <summary>How two sides are connected for bulk data.</summary>
    public TransitOptions Transit { get; init; } = new();

    /// <summary>Gets what an observer of the application threw, or the failure of a session that an observer subscribed to without an error handler.</summary>
    /// <value>None unless told otherwise: it is logged as an error. Either way that observer's subscription ends and nothing else is disturbed.</value>
    public Action<Exception>? ObserverFaulted { get; init; }

    /// <summary>The parts of the session.</summary>
    internal SessionRules Rules { get; init; } = SessionRules.Sound;

    // All problems, so that a configuration is mended in one go.
    internal void Validate()
    {
        var problems = Problems().ToArray();
        if (problems.Length > 0)
            throw new ArgumentException($"The options are not usable: {string.Join("; ", problems)}.", "options");
    }

    private IEnumerable<string> Problems()
    {
        if (string.IsNullOrEmpty(AppId) || AppId.Length > 1000 || !Utf8Text.IsWellFormed(AppId))
            yield return "AppId must be a text of 1 to 1,000 characters";
        if (Rendezvous is not { IsAbsoluteUri: true, Scheme: "ws" or "wss" })
            yield return $"Rendezvous must be a ws:// or wss:// address, not '{Printable.Of(Rendezvous?.OriginalString ?? "null")}'";
        if (Connector is null)
            yield return "Connector must not be null";
        if (Scheduler is null or ImmediateScheduler or CurrentThreadScheduler)
            yield return "Scheduler must be one that runs work later: not null, the immediate or the current-thread scheduler";
        if (!Enum.IsDefined(Mode))
            yield return "Mode must be Push or Poll";
        if (Schedule is null)
            yield return "Schedule must not be null";
        if (Timeout != System.Threading.Timeout.InfiniteTimeSpan && (Timeout <= TimeSpan.Zero || Timeout > LongestTimeout))
            yield return $"Timeout must be more than zero and at most {LongestTimeout.TotalDays} days, or infinite";
        if (AppVersions is null)
            yield return "AppVersions must not be null";
        if (Entropy is null)
            yield return "Entropy must not be null";
        if (Logger is null)
            yield return "Logger must not be null";
        foreach (var problem in Bounds?.Problems() ?? ["Bounds must not be null"])
            yield return problem;
        foreach (var problem in Transit?.Problems() ?? ["Transit must not be null"])
            yield return problem;
    }
}
