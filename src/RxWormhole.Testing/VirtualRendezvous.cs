using System.Reactive.Concurrency;
using RxWormhole.Protocol;

namespace RxWormhole.Testing;

/// <summary>A rendezvous server on any scheduler, for tests: the rules of the real one, links with every fault, and a transcript.</summary>
/// <remarks>
/// On a virtual clock, such as a <c>TestScheduler</c>, sessions of days run in milliseconds and always in the same way. It may be used by several
/// threads at once, so it also serves a demonstration on the real clock.
/// </remarks>
public sealed class VirtualRendezvous : IRendezvousConnector
{
    private readonly Lock gate = new();
    private readonly MemoryMailboxServer server;
    private readonly SortedDictionary<int, VirtualLink> links = [];
    private readonly SortedDictionary<string, VirtualClient> clients = new(StringComparer.Ordinal);
    private readonly DateTimeOffset start;
    private DateTimeOffset pruned;
    private int anonymous;

    /// <summary>Starts an empty server.</summary>
    /// <param name="scheduler">The clock.</param>
    /// <param name="options">What it should be like, or null for the usual.</param>
    public VirtualRendezvous(IScheduler scheduler, VirtualRendezvousOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        Scheduler = scheduler;
        Options = options ?? new VirtualRendezvousOptions();
        if (Options.Latency < TimeSpan.FromTicks(1))
            throw new ArgumentException("The latency must be at least one tick.", nameof(options));
        start = pruned = scheduler.Now;
        server = new MemoryMailboxServer(Declared(Options.Welcome), Options.Keep);
    }

    /// <summary>What the server is like.</summary>
    public VirtualRendezvousOptions Options { get; }

    /// <summary>An address that means this server to nobody else.</summary>
    public Uri Address { get; } = new("ws://rendezvous.invalid/v1");

    /// <summary>What happened.</summary>
    public Transcript Transcript { get; } = new();

    /// <summary>Whether the server runs.</summary>
    public bool IsUp { get; private set; } = true;

    /// <summary>What clients are told first, from the next link on.</summary>
    public WelcomeInfo Welcome
    {
        get => server.Welcome;
        set => server.Welcome = Declared(value);
    }

    /// <summary>What the server holds, by application id; see <see cref="MemoryMailboxes"/>.</summary>
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

    internal IScheduler Scheduler { get; }

    /// <summary>Options for a session with this server, on its clock, with predictable randomness.</summary>
    /// <param name="appId">The application id.</param>
    /// <param name="client">The client's name; its links are found under it with <see cref="Client"/>.</param>
    public WormholeOptions OptionsFor(string appId, string client) => new()
    {
        AppId = appId,
        Rendezvous = Address,
        Connector = Client(client),
        Scheduler = Scheduler,
        Entropy = SeededEntropy.Create(Seed(client)),
    };

    /// <summary>The way of a client to this server, whose links can be made to fail.</summary>
    /// <param name="name">Its name; the same name gives the same object.</param>
    public VirtualClient Client(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        lock (gate)
        {
            if (!clients.TryGetValue(name, out var client))
                clients.Add(name, client = new VirtualClient(this, name));
            return client;
        }
    }

    /// <inheritdoc/>
    /// <remarks>Each caller is a client of its own without faults.</remarks>
    public IObservable<ReadOnlyMemory<byte>> Connect(Uri server, IObservable<ReadOnlyMemory<byte>> outbound) =>
        Client($"#{Interlocked.Increment(ref anonymous)}").Connect(server, outbound);

    /// <summary>The server goes down: links are cut, and no new ones can be made.</summary>
    public void Stop()
    {
        VirtualLink[] open;
        lock (gate)
        {
            IsUp = false;
            open = [.. links.Values];
        }

        Note("", "the server stops");
        foreach (var link in open)
            link.Cut("cut by the server's stop");
    }

    /// <summary>The server comes up again.</summary>
    /// <param name="keepData">Whether it still has what it had.</param>
    public void Start(bool keepData = true)
    {
        lock (gate)
        {
            IsUp = true;
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

    internal void Note(string client, string what) => Transcript.Add(Scheduler.Now - start, client, what);

    internal void Note(VirtualFrame frame) => Transcript.Add(Scheduler.Now - start, frame);

    internal int Accept(VirtualLink link)
    {
        lock (gate)
        {
            var (connection, deliveries) = server.Connect();
            links.Add(connection, link);
            Send(deliveries);
            return connection;
        }
    }

    internal void Receive(int connection, ReadOnlyMemory<byte> frame)
    {
        lock (gate)
        {
            Prune();
            var entropy = new byte[MemoryMailboxServer.EntropyLength];
            Options.Entropy(entropy);
            var (deliveries, hangUp) = server.Receive(connection, frame.Span, Scheduler.Now, entropy);
            Send(deliveries);
            if (hangUp && links.TryGetValue(connection, out var link))
                link.Complete();
        }
    }

    internal void Drop(int connection)
    {
        lock (gate)
        {
            links.Remove(connection);
            server.Disconnect(connection);
        }
    }

    private void Send(IEnumerable<Delivery> deliveries)
    {
        foreach (var delivery in deliveries)
        {
            if (links.TryGetValue(delivery.Connection, out var link))
                link.Send(MessageCodec.Write(delivery.Message));
        }
    }

    // As if there had been a timer, without one, which would never let a virtual clock run empty.
    private void Prune()
    {
        for (; pruned + Options.PruneEvery <= Scheduler.Now; pruned += Options.PruneEvery)
            server.Prune(pruned + Options.PruneEvery);
    }

    private WelcomeInfo Declared(WelcomeInfo welcome)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(welcome.Json)!.AsObject();
        if (welcome.Motd is not null)
            json["motd"] = welcome.Motd;
        if (welcome.Error is not null)
            json["error"] = welcome.Error;
        if (welcome.Permission is { } permission)
            json["permission-required"] ??= Json(permission);
        if (Options.Keep.Longest > Options.Keep.Usual)
            json["mailbox-keep-seconds"] = (int)Options.Keep.Longest.TotalSeconds;
        return welcome with { Json = json.ToJsonString() };
    }

    private static System.Text.Json.Nodes.JsonObject Json(PermissionRequired permission)
    {
        var json = new System.Text.Json.Nodes.JsonObject();
        if (permission.None)
            json["none"] = new System.Text.Json.Nodes.JsonObject();
        if (permission.Hashcash is { } hashcash)
            json["hashcash"] = new System.Text.Json.Nodes.JsonObject { ["bits"] = hashcash.Bits, ["resource"] = hashcash.Resource };
        foreach (var method in permission.Methods)
            json[method] ??= new System.Text.Json.Nodes.JsonObject();
        return json;
    }

    // The same for the same name in every process, which string.GetHashCode is not.
    private static int Seed(string name) => name.Aggregate(17, (seed, character) => unchecked(seed * 31 + character));
}
