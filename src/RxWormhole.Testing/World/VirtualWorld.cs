using System.Collections.Immutable;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Subjects;
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
    private readonly BehaviorSubject<ImmutableSortedDictionary<string, string>> told = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>Makes a world with one server and nothing else.</summary>
    /// <param name="seed">All that is random in it follows from this.</param>
    /// <param name="options">What it should be like; null for the usual.</param>
    /// <exception cref="ArgumentException">An option of the server or the network is not usable; the message says which.</exception>
    public VirtualWorld(int seed, VirtualWorldOptions? options = null)
    {
        Seed = seed;
        this.options = options ?? new VirtualWorldOptions();
        if (this.options is { Server: null } or { Network: null })
            throw new ArgumentException("The options of the server and of the network must not be null.", nameof(options));
        faultDice = new Dice(seed, "faults");
        Clock = new WorldClock(Beginning);
        Network = new VirtualNetwork(Clock, this.options.Network);
        Network.AddRelay("relay.invalid");
        AddServer();
    }

    /// <summary>The seed.</summary>
    public int Seed { get; }

    /// <summary>The clock of the world; processes see their own.</summary>
    public HistoricalSchedulerBase Clock { get; }

    /// <summary>How much time has passed.</summary>
    public TimeSpan Elapsed => Clock.Now - Beginning;

    /// <summary>The first server: the one that a fault strikes, where there are several.</summary>
    public VirtualRendezvous Server => servers[0];

    /// <summary>All servers.</summary>
    public IReadOnlyList<VirtualRendezvous> Servers => servers;

    /// <summary>The network for bulk data, with one relay in it.</summary>
    public VirtualNetwork Network { get; }

    /// <summary>The relay of the network: the one that a fault strikes, where there are several.</summary>
    public VirtualRelay Relay => Network.Relays[0];

    /// <summary>All processes.</summary>
    public IReadOnlyList<VirtualProcess> Processes => processes;

    /// <summary>How many frames have arrived, at servers and processes.</summary>
    public int Frames { get; private set; }

    /// <summary>Gets each frame as it arrives, before what goes wrong behind it.</summary>
    internal Action<VirtualFrame> Arrived { get; set; } = static _ => { };

    internal bool IsDisposed { get; private set; }

    /// <summary>Adds a server, which knows nothing of the others.</summary>
    /// <param name="server">What it should be like; null for that of the world's options. Its seed is the world's.</param>
    /// <exception cref="ArgumentException">An option is not usable; the message says which.</exception>
    public VirtualRendezvous AddServer(VirtualRendezvousOptions? server = null)
    {
        // Servers of a world have random bytes of their own.
        var made = new VirtualRendezvous(Clock, (server ?? options.Server) with { Seed = unchecked(Seed * 31 + servers.Count) });
        servers.Add(made);
        held.Add(made.Traffic.Subscribe(OnFrame));
        return made;
    }

    /// <summary>Adds a process, which starts when the world runs, or soon where it does.</summary>
    /// <param name="name">Its name; each has another one, and upper or lower case makes no difference.</param>
    /// <param name="program">Its program, called again after each death.</param>
    /// <param name="server">Its server; null for the first one.</param>
    /// <exception cref="ArgumentNullException">Name or program is null.</exception>
    /// <exception cref="ArgumentException">The name is empty, or there is a machine of that name, or the server is none of this world.</exception>
    /// <exception cref="ObjectDisposedException">The world is.</exception>
    public VirtualProcess AddProcess(string name, Func<VirtualProcess, Task> program, VirtualRendezvous? server = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(program);
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (processes.Exists(process => process.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException($"There is a process named '{name}' already.", nameof(name));
        if (Network.Relays.Any(relay => relay.Host.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException($"The machine named '{name}' is that of a relay.", nameof(name));
        if (server is not null && !servers.Contains(server))
            throw new ArgumentException("The server is none of this world: AddServer makes one.", nameof(server));
        var added = new VirtualProcess(this, server ?? Server, name, program) { Done = OnDone };
        processes.Add(added);
        if (Clock.IsEnabled)
            Clock.Schedule(added.Start);
        return added;
    }

    /// <summary>Starts the processes that were never started and lets time pass until all their programs have come to their ends.</summary>
    /// <param name="limit">How much time may pass: more than zero, up to a hundred years; null for an hour.</param>
    /// <remarks>
    /// When one program fails the others go on, up to their ends or the limit. What is on its way when the last is done has not arrived yet: see <see cref="Settle"/>. A world whose
    /// programs are done can be run again with others.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not in its range.</exception>
    /// <exception cref="WorldException">
    /// A program failed, or was not done in time, or something threw on the clock beside the programs. The message says what, and has what <see cref="Describe"/> gives.
    /// </exception>
    /// <exception cref="InvalidOperationException">The clock is running: runs cannot be nested.</exception>
    /// <exception cref="ObjectDisposedException">The world is.</exception>
    public void Run(TimeSpan? limit = null)
    {
        var longest = limit ?? UsualLimit;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(longest, TimeSpan.Zero, nameof(limit));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(longest, VirtualRun.LongestLimit, nameof(limit));
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        try
        {
            RunOn(longest);
        }
#pragma warning disable CA1031 // Whatever an observer throws, who reads it needs the seed.
        catch (Exception exception) when (!Clock.IsEnabled)
#pragma warning restore CA1031
        {
            throw new WorldException(Describe($"{exception.GetType().Name} on the clock: {exception.Message}"), exception);
        }

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
    /// <param name="time">How much: zero or more.</param>
    /// <remarks>A second is enough for everything to arrive that was on its way, half an hour for the server to forget what it was never told to give back.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    /// <exception cref="InvalidOperationException">The clock is running.</exception>
    public void Settle(TimeSpan time) => Clock.AdvanceInline(time);

    /// <summary>What is left, one line each: links, nameplates, mailboxes, connections, and timers of programs that are done. Empty where everything was tidied up.</summary>
    public IReadOnlyList<string> LeftBehind =>
    [
        .. servers.SelectMany(server => server.LeftBehind),
        .. Network.LeftBehind,
        .. processes.Where(process => process is { IsDone: true, ItemsPending: > 0 }).Select(process => $"{process.Name}: items on its clock: {process.ItemsPending}"),
    ];

    /// <summary>Seed, faults and traffic in words, for the output of a test that failed.</summary>
    /// <param name="what">What happened.</param>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public string Describe(string what)
    {
        ArgumentNullException.ThrowIfNull(what);
        var text = new StringBuilder(FormattableString.Invariant($"{what}\nSeed {Seed}. Faults:{(faults.Count == 0 ? " none" : "")}\n"));
        var came = struck.ToList();
        foreach (var fault in faults)
            text.Append("  ").Append(fault).Append(came.Remove(fault) ? "" : " (did not come about)").Append('\n');
        foreach (var server in servers)
            text.Append(server.Transcript);
        return text.Append(Network.Transcript).ToString();
    }

    /// <summary>Ends it: processes die, and wormholes that nobody closed are disposed of.</summary>
    public void Dispose()
    {
        if (IsDisposed)
            return;
        IsDisposed = true;
        foreach (var process in processes)
            process.End();
        foreach (var thing in held)
            thing.Dispose();
        held.Clear();
        told.Dispose();
    }

    internal void Hold(IDisposable thing) => held.Add(thing);

    internal void Tell(string what, string text) => told.OnNext(told.Value.SetItem(what, text));

    internal IObservable<string> Told(string what) => told.Where(all => all.ContainsKey(what)).Select(all => all[what]);

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
