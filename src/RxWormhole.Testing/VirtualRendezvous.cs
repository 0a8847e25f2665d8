using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using RxWormhole.Protocol;

namespace RxWormhole.Testing;

/// <summary>A rendezvous server on any scheduler, for tests: the rules of the real one, links with every fault, and a transcript.</summary>
/// <remarks>
/// On a virtual clock, such as a <c>TestScheduler</c> or a <see cref="HistoricalScheduler"/>, sessions of days run in milliseconds and always in the same way.
/// It may be used by several threads at once, so it also serves a demonstration on the real clock; only what <see cref="Applications"/> gives is
/// the server's own, and may be looked at while nothing is under way. It holds no thread and no timer: unused, it is garbage.
/// </remarks>
public sealed partial class VirtualRendezvous : IRendezvousConnector
{
    private readonly Lock gate = new();
    private readonly Lock showing = new();
    private readonly Subject<VirtualFrame> traffic = new();
    private readonly MemoryMailboxServer server;
    private readonly VirtualDisk? disk;
    private readonly Entropy entropy;
    private readonly WrittenFrames frames = new();
    private readonly SortedDictionary<int, VirtualLink> links = [];
    private readonly SortedDictionary<string, VirtualClient> clients = new(StringComparer.Ordinal);
    private readonly DateTimeOffset start;
    private DateTimeOffset pruned;
    private WelcomeInfo welcome;
    private volatile bool isUp = true;
    private int anonymous;

    /// <summary>Starts an empty server.</summary>
    /// <param name="scheduler">The clock. Not the immediate or the current-thread scheduler, which block while a frame is on its way.</param>
    /// <param name="options">What it should be like, or null for the usual.</param>
    /// <exception cref="ArgumentNullException">The scheduler is null.</exception>
    /// <exception cref="ArgumentException">The scheduler or an option is not usable; the message says which.</exception>
    public VirtualRendezvous(IScheduler scheduler, VirtualRendezvousOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        if (scheduler is ImmediateScheduler or CurrentThreadScheduler)
            throw new ArgumentException("The scheduler must be one that runs work later: not the immediate or the current-thread scheduler.", nameof(scheduler));
        Scheduler = scheduler;
        Options = options ?? new VirtualRendezvousOptions();
        Options.Validate();
        Transcript = new Transcript(Options.KeepsTranscript);
        Traffic = traffic.AsObservable();
        welcome = Options.Welcome;
        start = pruned = scheduler.Now;
        entropy = SeededEntropy.Create(Options.Seed);
        if (Options.CommitDelay > TimeSpan.Zero)
            disk = new VirtualDisk(this);
        server = new MemoryMailboxServer(welcome.Declare(Options.Keep), Options.Keep, disk is null ? Options.Run : disk.Run);
    }

    /// <summary>What the server is like.</summary>
    public VirtualRendezvousOptions Options { get; }

    /// <summary>An address that means this server to nobody else. Its clients do not look at the address, so that an application may keep its own.</summary>
    public Uri Address { get; } = new("ws://rendezvous.invalid/v1");

    /// <summary>What happened. Empty where <see cref="VirtualRendezvousOptions.KeepsTranscript"/> is false.</summary>
    public Transcript Transcript { get; }

    /// <summary>Every frame as it arrives, at the server or at a client, for whoever watches the wire and acts behind a frame.</summary>
    /// <value>Hot. Each frame comes at the moment at which it arrived, once whoever it was for has taken it, and before anything else arrives on its link.</value>
    /// <remarks>
    /// value: one frame, as it arrived; what was lost does not come. completion and error: never. An observer may cut links, stop the server, or begin others; it must
    /// not block, and what it throws comes out where the clock runs. On a real clock frames come one at a time, whichever threads they arrive on.
    /// </remarks>
    public IObservable<VirtualFrame> Traffic { get; }

    /// <summary>Whether the server runs.</summary>
    public bool IsUp => isUp;

    /// <summary>What clients are told first, from the next link on.</summary>
    /// <value>That of the options at first. Its <see cref="WelcomeInfo.Json"/> needs to hold only what has no property of its own.</value>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    /// <exception cref="ArgumentException">Its <see cref="WelcomeInfo.Json"/> is no JSON object.</exception>
    public WelcomeInfo Welcome
    {
        get
        {
            lock (gate)
                return welcome;
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            var declared = value.Declare(Options.Keep);
            lock (gate)
            {
                welcome = value;
                server.Welcome = declared;
            }
        }
    }

    /// <summary>What the server holds, by application id; see <see cref="MemoryMailboxes"/>. Not a copy.</summary>
    public IReadOnlyDictionary<string, MemoryMailboxes> Applications
    {
        get
        {
            lock (gate)
            {
                Prune();
                return server.Applications;
            }
        }
    }

    /// <summary>What clients have not given back, one line each: links, nameplates and mailboxes. Empty when every session has tidied up.</summary>
    public IReadOnlyList<string> LeftBehind
    {
        get
        {
            lock (gate)
            {
                Prune();
                return
                [
                    .. clients.Values.Where(client => client.LinksOpen > 0).Select(client => $"{client.Name}: open links: {client.LinksOpen}"),
                    .. server.Applications.SelectMany(each => each.Value.Nameplates.Select(name => $"{each.Key}: nameplate {name}")),
                    .. server.Applications.SelectMany(each => each.Value.Mailboxes.Select(id => $"{each.Key}: mailbox {id}, messages: {each.Value.Read(id).Count}")),
                ];
            }
        }
    }

    internal IScheduler Scheduler { get; }

    /// <summary>Options for a session with this server, on its clock, with predictable randomness.</summary>
    /// <param name="appId">The application id.</param>
    /// <param name="client">The client's name; its links are found under it with <see cref="Client"/>, and all its sessions share one source of randomness.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The client's name is empty.</exception>
    public WormholeOptions OptionsFor(string appId, string client)
    {
        ArgumentNullException.ThrowIfNull(appId);
        var connector = Client(client);
        return new WormholeOptions { AppId = appId, Rendezvous = Address, Connector = connector, Scheduler = Scheduler, Entropy = connector.Entropy };
    }

    /// <summary>The way of a client to this server, whose links can be made to fail.</summary>
    /// <param name="name">Its name, not empty; the same name gives the same object.</param>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The name is empty: the transcript uses that for the server.</exception>
    public VirtualClient Client(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        lock (gate)
        {
            if (!clients.TryGetValue(name, out var client))
                clients.Add(name, client = new VirtualClient(this, name));
            return client;
        }
    }

    /// <summary>Describes one link of a client without faults and of its own: each call is another one, named <c>#1</c>, <c>#2</c> and so on.</summary>
    /// <inheritdoc cref="VirtualClient.Connect"/>
    public IObservable<ReadOnlyMemory<byte>> Connect(Uri server, IObservable<ReadOnlyMemory<byte>> outbound) =>
        Client($"#{Interlocked.Increment(ref anonymous)}").Connect(server, outbound);

    /// <summary>The server goes down, unless it is: links are cut, but who has a half-open one is not told, and new ones are refused.</summary>
    /// <remarks>What it has carried out is durable, though those who asked for it are not told.</remarks>
    public void Stop() => Down("the server stops", disk => disk.Finish());

    /// <summary>As <see cref="Stop"/>, but changes that are not durable yet are lost with their answers; see <see cref="VirtualRendezvousOptions.CommitDelay"/>.</summary>
    public void Crash() => Down("the server crashes", disk => disk.Lose());

    /// <summary>The server comes up again, unless it is.</summary>
    /// <param name="keepData">Whether it still has what it had.</param>
    /// <exception cref="InvalidOperationException">The server runs, and cannot lose its data without a <see cref="Stop"/>.</exception>
    public void Start(bool keepData = true)
    {
        lock (gate)
        {
            if (isUp && keepData)
                return;
            if (isUp)
                throw new InvalidOperationException("The server runs; it loses its data only in a Restart, or between Stop and Start.");
            isUp = true;
            if (!keepData)
                server.Forget();
        }

        Note("", keepData ? "the server starts" : "the server starts without its data");
    }

    /// <summary>The server stops and starts again at once.</summary>
    /// <param name="keepData">Whether it still has what it had.</param>
    public void Restart(bool keepData = true)
    {
        Stop();
        Start(keepData);
    }

    private void Down(string what, Action<VirtualDisk> end)
    {
        VirtualLink[] open;
        lock (gate)
        {
            if (!isUp)
                return;
            isUp = false;
            Prune();
            if (disk is not null)
                end(disk);
            open = [.. links.Values];
        }

        Note("", what);
        foreach (var link in open)
            link.LoseServer();
    }
}
