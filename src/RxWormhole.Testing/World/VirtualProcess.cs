using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Linq;

namespace RxWormhole.Testing;

/// <summary>
/// A program on a machine of its own in a <see cref="VirtualWorld"/>. It may die at any moment and be started again: what it had in memory is gone then,
/// what it had stored is not.
/// </summary>
/// <remarks>
/// The program is called once for each life. All it uses has to come from here: <see cref="Options"/>, <see cref="Open(string)"/>, <see cref="Clock"/>, <see cref="Files"/>,
/// <see cref="Hear"/>. In a life that is over nothing happens any more: what it awaits never comes. What it awaits from elsewhere, such as a <see cref="TaskCompletionSource"/> that
/// another program completes, does come, also to the dead.
/// </remarks>
public sealed partial class VirtualProcess
{
    private readonly Func<VirtualProcess, Task> program;
    private readonly SortedDictionary<string, string> stored = new(StringComparer.Ordinal);
    private ProcessLife? life;

    internal VirtualProcess(VirtualWorld world, VirtualRendezvous server, string name, Func<VirtualProcess, Task> program)
    {
        World = world;
        Server = server;
        Name = name;
        this.program = program;
        Client = server.Client(name);
    }

    /// <summary>The world it is in.</summary>
    public VirtualWorld World { get; }

    /// <summary>The server it uses.</summary>
    public VirtualRendezvous Server { get; }

    /// <summary>Its name: of its client at the server, and of its host in the network.</summary>
    public string Name { get; }

    /// <summary>Its way to the server.</summary>
    public VirtualClient Client { get; }

    /// <summary>Its machine in the network for bulk data.</summary>
    public VirtualHost Host => World.Network.Host(Name);

    /// <summary>Its disk, which survives it.</summary>
    public VirtualFiles Files => field ??= new VirtualFiles(World.Clock);

    /// <summary>By how much its clock is ahead of that of the world; negative for behind. Only what it reads changes, not how fast time passes.</summary>
    public TimeSpan ClockSkew { get; set; }

    /// <summary>How long storing a checkpoint takes. A process that dies meanwhile has not stored it.</summary>
    /// <value>Zero at first.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public TimeSpan JournalTakes
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, nameof(JournalTakes));
            field = value;
        }
    }

    /// <summary>Whether it uses requests over HTTP in place of a link: sessions whose <see cref="Options"/> are made from then on.</summary>
    public bool IsOverHttp { get; set; }

    /// <summary>How often a link over HTTP that has nothing to send asks for news.</summary>
    /// <value>2 seconds unless told otherwise, as <see cref="HttpConnector.PollInterval"/>; more than zero. It concerns sessions whose options are made from then on.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not more than zero.</exception>
    public TimeSpan HttpPollInterval
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(2);

    /// <summary>Whether it runs, or has run to its end.</summary>
    public bool IsAlive => life is { IsAlive: true };

    /// <summary>Whether its program has come to its end, by itself or with <see cref="Failure"/>: it neither dies nor starts any more.</summary>
    public bool IsDone { get; private set; }

    /// <summary>How often it was started.</summary>
    public int Lives { get; private set; }

    /// <summary>How many checkpoints it has stored.</summary>
    public int CheckpointsStored { get; private set; }

    /// <summary>What its program failed with, or null.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>How many of its timers and scheduled items wait: none should, once its program is at its end.</summary>
    public int ItemsPending => life is { IsAlive: true } ? life.Pending : 0;

    /// <summary>Its clock, for what its program waits for and for what time it is there; the <see cref="WormholeOptions.Scheduler"/> of its options.</summary>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public IScheduler Clock => Present;

    internal Action<VirtualProcess> Done { get; init; } = static _ => { };

    /// <summary>Gets what its sessions log, or null where that goes nowhere.</summary>
    internal Microsoft.Extensions.Logging.ILogger? Logger { get; set; }

    private ProcessLife Present => life is { IsAlive: true } ? life : throw new InvalidOperationException($"The process '{Name}' does not run.");

    /// <summary>Options for its sessions: the world's server, clock, network and seed. There is no journal in them.</summary>
    /// <param name="appId">The application id.</param>
    /// <exception cref="ArgumentNullException">The application id is null.</exception>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public WormholeOptions Options(string appId)
    {
        ArgumentNullException.ThrowIfNull(appId);
        var present = Present;
        var options = new WormholeOptions
        {
            AppId = appId,
            Rendezvous = Server.Address,
            Connector = new LifeConnector(present, IsOverHttp ? Client.OverHttp(HttpPollInterval) : Client, IsOverHttp),
            Scheduler = present,
            Entropy = present.Entropy,
            Transit = new TransitOptions { Connector = new LifeTransit(present, Host), Relays = [.. World.Network.Relays.Select(relay => relay.Hint)] },
        };
        return Logger is null ? options : options with { Logger = Logger };
    }

    /// <summary>A journal on its disk, for <see cref="WormholeOptions.Journal"/>.</summary>
    /// <param name="name">Which one, where it has several sessions.</param>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public Func<Checkpoint, IObservable<Unit>> Journal(string name = "")
    {
        ArgumentNullException.ThrowIfNull(name);
        var present = Present;
        return checkpoint => Observable.Defer(() =>
        {
            if (!present.IsAlive)
                return Observable.Never<Unit>();
            if (JournalTakes > TimeSpan.Zero)
                return Observable.Timer(JournalTakes, present).Select(_ => Store(name, checkpoint));
            return Observable.Return(Store(name, checkpoint));
        });
    }

    /// <summary>The latest checkpoint in a journal, or null.</summary>
    /// <param name="name">Which journal.</param>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public Checkpoint? Stored(string name = "")
    {
        ArgumentNullException.ThrowIfNull(name);
        return stored.TryGetValue(name, out var json) ? Checkpoint.Parse(json) : null;
    }

    /// <summary>Makes a wormhole with a journal, or restores the one that is in the journal, to be gone on with by <see cref="Wormhole.Resume"/>. See <see cref="Stored"/> for which it is.</summary>
    /// <param name="appId">The application id.</param>
    /// <remarks>The wormhole of a life that is over is disposed of with the world.</remarks>
    /// <exception cref="ArgumentNullException">The application id is null.</exception>
    /// <exception cref="ArgumentException">The application id is not usable, or the session of the checkpoint has ended: see <see cref="Checkpoint.IsEnded"/>.</exception>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public Wormhole Open(string appId) => Open(Options(appId) with { Journal = Journal() });

    /// <summary>As <see cref="Open(string)"/>, with options of its own: only where they have <see cref="Journal"/> for one there is something to restore later.</summary>
    /// <param name="options">Its options, made of <see cref="Options"/>.</param>
    /// <param name="journal">Which journal.</param>
    /// <remarks>The wormhole of a life that is over is disposed of with the world.</remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The options are not usable, or the session of the checkpoint has ended: see <see cref="Checkpoint.IsEnded"/>.</exception>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public Wormhole Open(WormholeOptions options, string journal = "")
    {
        ArgumentNullException.ThrowIfNull(options);
        _ = Present;
        var checkpoint = Stored(journal);
        var wormhole = checkpoint is null ? Wormhole.Create(options) : Wormhole.Restore(checkpoint, options);
        World.Hold(wormhole);
        return wormhole;
    }

    /// <summary>Tells all processes of the world something by other means than a wormhole, as people tell each other a code.</summary>
    /// <param name="what">What it is about: another name for each thing there is to tell.</param>
    /// <param name="text">What is told. It takes the place of what was told about the same before.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public void Tell(string what, string text)
    {
        ArgumentNullException.ThrowIfNull(what);
        ArgumentNullException.ThrowIfNull(text);
        _ = Present;
        World.Tell(what, text);
    }

    /// <summary>Hears what some process told with <see cref="Tell"/>, as soon as it has.</summary>
    /// <param name="what">What it is about.</param>
    /// <value>Cold: each subscription hears by itself, and nothing that was told is forgotten.</value>
    /// <remarks>value: the latest that was told, once. completion: behind it. error: none. dispose: hears no more.</remarks>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public IObservable<string> Hear(string what)
    {
        ArgumentNullException.ThrowIfNull(what);
        var present = Present;
        // On its clock, so that the dead hear nothing.
        return World.Told(what).Take(1).SelectMany(text => Observable.Return(text, present));
    }

    private Unit Store(string name, Checkpoint checkpoint)
    {
        stored[name] = checkpoint.ToJson();
        CheckpointsStored++;
        return Unit.Default;
    }
}
