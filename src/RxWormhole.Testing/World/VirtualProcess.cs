using System.Reactive;
using System.Reactive.Linq;

namespace RxWormhole.Testing;

/// <summary>
/// A program on a machine of its own in a <see cref="VirtualWorld"/>. It may die at any moment and be started again: what it had in memory is gone then,
/// what it had stored is not.
/// </summary>
/// <remarks>
/// The program is called once for each life. All it uses has to come from here: <see cref="Options"/>, <see cref="Open"/>, <see cref="Files"/>. In a life that is over nothing happens
/// any more: what it awaits never comes.
/// </remarks>
public sealed class VirtualProcess
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
    public TimeSpan JournalTakes { get; set; }

    /// <summary>Whether it uses requests over HTTP in place of a link.</summary>
    public bool IsOverHttp { get; set; }

    /// <summary>Whether it runs, or has run to its end.</summary>
    public bool IsAlive => life is { IsAlive: true };

    /// <summary>Whether its program has come to its end.</summary>
    public bool IsDone { get; private set; }

    /// <summary>How often it was started.</summary>
    public int Lives { get; private set; }

    /// <summary>How many checkpoints it has stored.</summary>
    public int CheckpointsStored { get; private set; }

    /// <summary>What its program failed with, or null.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>How many of its timers and scheduled items wait: none should, once its program is at its end.</summary>
    public int ItemsPending => life is { IsAlive: true } ? life.Pending : 0;

    internal Action<VirtualProcess> Done { get; init; } = static _ => { };

    /// <summary>Gets what its sessions log, or null where that goes nowhere.</summary>
    internal Microsoft.Extensions.Logging.ILogger? Logger { get; set; }

    /// <summary>Options for its sessions: the world's server, clock, network and seed.</summary>
    /// <param name="appId">The application id.</param>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public WormholeOptions Options(string appId)
    {
        var present = life is { IsAlive: true } ? life : throw NotAlive();
        var options = new WormholeOptions
        {
            AppId = appId,
            Rendezvous = Server.Address,
            Connector = new LifeConnector(present, IsOverHttp ? Client.OverHttp() : Client),
            Scheduler = present,
            // Another life draws other numbers, as another process does.
            Entropy = SeededEntropy.Create(World.Seed, FormattableString.Invariant($"{Name} {Lives}")),
        };
        if (Logger is not null)
            options = options with { Logger = Logger };
        return World.HasNetwork
            ? options with { Transit = new TransitOptions { Connector = new LifeTransit(present, Host), Relays = [.. World.Network.Relays.Select(relay => relay.Hint)] } }
            : options;
    }

    /// <summary>A journal on its disk, for <see cref="WormholeOptions.Journal"/>.</summary>
    /// <param name="name">Which one, where it has several sessions.</param>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public Func<Checkpoint, IObservable<Unit>> Journal(string name = "")
    {
        ArgumentNullException.ThrowIfNull(name);
        var present = life is { IsAlive: true } ? life : throw NotAlive();
        return checkpoint =>
        {
            if (JournalTakes <= TimeSpan.Zero)
            {
                Store(name, checkpoint);
                return Observable.Return(Unit.Default);
            }

            return Observable.Timer(JournalTakes, present).Select(_ =>
            {
                Store(name, checkpoint);
                return Unit.Default;
            });
        };
    }

    /// <summary>The latest checkpoint in a journal, or null.</summary>
    /// <param name="name">Which journal.</param>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public Checkpoint? Stored(string name = "")
    {
        ArgumentNullException.ThrowIfNull(name);
        return stored.TryGetValue(name, out var json) ? Checkpoint.Parse(json) : null;
    }

    /// <summary>Makes a wormhole, or restores the one whose checkpoint is in the journal, to be gone on with by <see cref="Wormhole.Resume"/>.</summary>
    /// <param name="options">Its options, made of <see cref="Options"/>.</param>
    /// <param name="journal">Which journal.</param>
    /// <remarks>The wormhole of a life that is over is disposed of with the world.</remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The options are not usable, or the session of the checkpoint has ended: see <see cref="Checkpoint.IsEnded"/>.</exception>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public Wormhole Open(WormholeOptions options, string journal = "")
    {
        var present = life is { IsAlive: true } ? life : throw NotAlive();
        var checkpoint = Stored(journal);
        var wormhole = checkpoint is null ? Wormhole.Create(options) : Wormhole.Restore(checkpoint, options);
        World.Hold(wormhole);
        _ = present;
        return wormhole;
    }

    /// <summary>Starts it, unless it runs or is done.</summary>
    public void Start()
    {
        if (IsDone || life is { IsAlive: true })
            return;
        life = new ProcessLife(this, World.Clock);
        Lives++;
        _ = RunAsync(life);
    }

    /// <summary>Ends it, as a power failure would: nothing of it happens any more.</summary>
    /// <param name="isNoticed">Whether its links and connections end too, so that the other ends notice; otherwise they become half-open.</param>
    /// <returns>Whether it ran.</returns>
    public bool Kill(bool isNoticed = true)
    {
        if (IsDone || life is not { IsAlive: true })
            return false;
        life.End();
        if (!isNoticed)
            Client.Silence();
        Client.Cut();
        if (World.HasNetwork)
            Host.Cut();
        life.LetGo();
        return true;
    }

    private async Task RunAsync(ProcessLife present)
    {
        try
        {
            await program(this).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A program may fail in any way; who runs the world is told.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Failure = exception;
        }

        if (!present.IsAlive)
            return;
        IsDone = true;
        Done(this);
    }

    private void Store(string name, Checkpoint checkpoint)
    {
        stored[name] = checkpoint.ToJson();
        CheckpointsStored++;
    }

    private InvalidOperationException NotAlive() => new($"The process '{Name}' does not run.");
}
