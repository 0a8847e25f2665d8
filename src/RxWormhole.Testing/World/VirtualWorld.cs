using System.Reactive.Concurrency;
using System.Text;

namespace RxWormhole.Testing;

/// <summary>
/// Programs, each on a machine of its own, with servers, a relay and a network between them, all on one virtual clock and made from one seed: the same seed gives the same
/// world, to the byte. Any of <see cref="WorldFaultKind"/> may go wrong in it.
/// </summary>
/// <remarks>It belongs to one thread, starts none, and waits for no real time. Worlds of several threads know nothing of each other.</remarks>
public sealed partial class VirtualWorld : IDisposable
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan UsualLimit = TimeSpan.FromHours(1);

    private readonly VirtualWorldOptions options;
    private readonly List<VirtualRendezvous> servers = [];
    private readonly List<VirtualProcess> processes = [];
    private readonly List<IDisposable> held = [];
    private VirtualNetwork? network;
    private VirtualRelay? relay;

    /// <summary>Makes a world with one server and nothing else.</summary>
    /// <param name="seed">All that is random in it follows from this.</param>
    /// <param name="options">What it should be like; null for the usual.</param>
    /// <exception cref="ArgumentException">An option of the server is not usable; the message says which.</exception>
    public VirtualWorld(int seed, VirtualWorldOptions? options = null)
    {
        Seed = seed;
        this.options = options ?? new VirtualWorldOptions();
        Clock = new WorldClock(Beginning);
        AddServer();
    }

    /// <summary>The seed.</summary>
    public int Seed { get; }

    /// <summary>The clock of the world; processes see their own.</summary>
    public HistoricalSchedulerBase Clock { get; }

    /// <summary>How much time has passed.</summary>
    public TimeSpan Elapsed => Clock.Now - Beginning;

    /// <summary>The first server.</summary>
    public VirtualRendezvous Server => servers[0];

    /// <summary>All servers.</summary>
    public IReadOnlyList<VirtualRendezvous> Servers => servers;

    /// <summary>The network for bulk data, with one relay in it.</summary>
    public VirtualNetwork Network
    {
        get
        {
            if (network is null)
            {
                network = new VirtualNetwork(Clock, options.Network);
                relay = network.AddRelay("relay.invalid");
            }

            return network;
        }
    }

    /// <summary>The relay of the network.</summary>
    public VirtualRelay Relay => Network.Relays[0];

    /// <summary>All processes.</summary>
    public IReadOnlyList<VirtualProcess> Processes => processes;

    /// <summary>How many frames have arrived, at servers and processes.</summary>
    public int Frames { get; private set; }

    /// <summary>Gets each frame as it arrives, before what goes wrong behind it.</summary>
    internal Action<VirtualFrame> Arrived { get; set; } = static _ => { };

    /// <summary>Whether there is a network for bulk data: there is from the first use of <see cref="Network"/> on.</summary>
    internal bool HasNetwork => network is not null;

    /// <summary>Adds a server, which knows nothing of the others.</summary>
    /// <param name="server">What it should be like; null for as the first. Its seed is the world's.</param>
    /// <exception cref="ArgumentException">An option is not usable; the message says which.</exception>
    public VirtualRendezvous AddServer(VirtualRendezvousOptions? server = null)
    {
        // Servers of a world have random bytes of their own.
        var made = new VirtualRendezvous(Clock, (server ?? options.Server) with { Seed = unchecked(Seed * 31 + servers.Count) });
        servers.Add(made);
        held.Add(made.Traffic.Subscribe(OnFrame));
        return made;
    }

    /// <summary>Adds a process, which starts when the world runs.</summary>
    /// <param name="name">Its name; each has another one.</param>
    /// <param name="program">Its program, called again after each death.</param>
    /// <param name="server">Its server; null for the first one.</param>
    /// <exception cref="ArgumentNullException">Name or program is null.</exception>
    /// <exception cref="ArgumentException">The name is empty, or there is one of that name.</exception>
    public VirtualProcess AddProcess(string name, Func<VirtualProcess, Task> program, VirtualRendezvous? server = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(program);
        if (processes.Exists(process => process.Name == name))
            throw new ArgumentException($"There is a process named '{name}' already.", nameof(name));
        var added = new VirtualProcess(this, server ?? Server, name, program) { Done = OnDone };
        processes.Add(added);
        return added;
    }

    /// <summary>Starts the processes and lets time pass until all their programs have come to their ends.</summary>
    /// <param name="limit">How much time may pass; null for an hour.</param>
    /// <exception cref="WorldException">A program failed, or was not done in time. The message says what went wrong in the world and how to see it again.</exception>
    /// <exception cref="InvalidOperationException">The clock is running: runs cannot be nested.</exception>
    public void Run(TimeSpan? limit = null)
    {
        RunOn(limit ?? UsualLimit);
        var troubles = processes
            .Select(process => process switch
            {
                { Failure: { } failure } => $"{process.Name} failed: {failure.GetType().Name}: {failure.Message}",
                { IsDone: false } => $"{process.Name} was not done in time",
                _ => null,
            })
            .Where(trouble => trouble is not null)
            .ToArray();
        if (troubles.Length > 0)
            throw new WorldException(Describe(string.Join("; ", troubles)), processes.Find(process => process.Failure is not null)?.Failure);
    }

    /// <summary>Lets time pass, whatever the programs do.</summary>
    /// <param name="time">How much.</param>
    /// <exception cref="InvalidOperationException">The clock is running.</exception>
    public void Settle(TimeSpan time) => Clock.AdvanceInline(time);

    /// <summary>What is left, one line each: links, nameplates, mailboxes, connections, and timers of programs that are done. Empty where everything was tidied up.</summary>
    public IReadOnlyList<string> LeftBehind =>
    [
        .. servers.SelectMany(server => server.LeftBehind),
        .. network?.LeftBehind ?? [],
        .. processes.Where(process => process is { IsDone: true, ItemsPending: > 0 }).Select(process => $"{process.Name}: items on its clock: {process.ItemsPending}"),
    ];

    /// <summary>Seed, faults and traffic in words, for the output of a test that failed.</summary>
    /// <param name="what">What happened.</param>
    public string Describe(string what)
    {
        var text = new StringBuilder($"{what}\nSeed {Seed}. Faults:\n");
        foreach (var fault in faults)
            text.Append("  ").Append(fault).Append(struck.Contains(fault) ? "" : " (did not come about)").Append('\n');
        foreach (var server in servers)
            text.Append(server.Transcript);
        return network is null ? text.ToString() : text.Append(network.Transcript).ToString();
    }

    /// <summary>Ends it: wormholes that nobody closed are disposed of.</summary>
    public void Dispose()
    {
        foreach (var process in processes)
            process.Kill();
        foreach (var thing in held)
            thing.Dispose();
        held.Clear();
    }

    internal void Hold(IDisposable thing) => held.Add(thing);

    internal bool RunOn(TimeSpan limit) => VirtualRun.WithoutContext(() => VirtualRun.Unnested(Clock, () =>
    {
        BeginFaults();
        foreach (var process in processes.Where(process => process.Lives == 0))
            Clock.Schedule(process.Start);
        var isOver = false;
        using var deadline = Clock.Schedule(limit, () =>
        {
            isOver = true;
            Clock.Stop();
        });
        while (!isOver && !processes.TrueForAll(process => process.IsDone))
            Clock.Start();
        return !isOver;
    }));

    private void OnDone(VirtualProcess process)
    {
        if (processes.TrueForAll(each => each.IsDone))
            Clock.Stop();
    }

    private void OnFrame(VirtualFrame frame)
    {
        Frames++;
        Arrived(frame);
        StrikeDue();
    }
}
