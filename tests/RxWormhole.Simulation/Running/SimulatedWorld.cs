using System.Security.Cryptography;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>A world as it is run: parties, what they are held against, and what came out.</summary>
internal sealed class SimulatedWorld : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UsualLimit = TimeSpan.FromHours(3);
    private static readonly TimeSpan LongLimit = TimeSpan.FromDays(8);

    private const int MostFrames = 500_000;

    private readonly int thread = Environment.CurrentManagedThreadId;
    private readonly WorldPlan plan;
    private readonly List<Pair> pairs = [];
    private readonly LossWatch losses;
    private readonly MoodWatch moods = new();

    internal SimulatedWorld(WorldPlan plan, Settings settings, bool isTraced = false)
    {
        this.plan = plan;
        Settings = settings;
        Trace = isTraced ? new Trace() : null;
        var server = settings.Server(new VirtualRendezvousOptions
        {
            KeepsTranscript = isTraced,
            CommitDelay = plan.CommitDelay,
            Keep = plan.KeepsLong ? new KeepPolicy(TimeSpan.FromMinutes(11), TimeSpan.FromDays(3)) : KeepPolicy.Reference,
        });
        World = new VirtualWorld(plan.Seed, new VirtualWorldOptions { Server = server });
        for (var extra = 1; extra < plan.Servers; extra++)
            World.AddServer();
        if (plan.HasTransfer)
            _ = World.Network;
        Secrets = new SecretsWatch(Violations);
        var mailboxes = new MailboxWatch(plan, Violations);
        World.Arrived += Secrets.OnFrame;
        World.Arrived += OnFrame;
        World.Arrived += mailboxes.OnFrame;
        World.Arrived += moods.OnFrame;
        foreach (var pair in plan.Pairs)
            Add(new Pair(pair, plan.Seed));
        foreach (var cuts in plan.Cuts.GroupBy(cut => cut.Party))
            World.Server.Client(cuts.Key).Faults = World.Server.Client(cuts.Key).Faults with { CutAfter = [.. cuts.Select(cut => cut.Frame)] };
        losses = new LossWatch(World, plan);
        World.Striking += mailboxes.OnStrike;
        foreach (var fault in plan.Faults)
            World.Inject(fault);
    }

    internal Settings Settings { get; }

    internal VirtualWorld World { get; }

    internal Violations Violations { get; } = new();

    internal Trace? Trace { get; }

    internal SecretsWatch Secrets { get; }

    internal IReadOnlyList<Pair> Pairs => pairs;

    internal WorldPlan Plan => plan;

    internal int Messages { get; private set; }

    /// <summary>Whether nothing went wrong in it.</summary>
    internal bool IsCalm => World.Struck.Count == 0 && plan.Cuts.IsEmpty;

    internal void OnMessage() => Messages++;

    /// <summary>Runs it to its end and holds it against everything.</summary>
    internal WorldResult Run()
    {
        var parties = pairs.SelectMany(pair => pair.Parties).ToArray();
        var isOver = TryRun(plan.Pairs.Any(pair => pair.Parties.Any(party => party.IsPatient)) ? LongLimit : UsualLimit);
        if (!isOver)
            Violations.Add("end", "the world is not over: " + string.Join(", ", World.Processes.Where(process => !process.IsDone).Select(process => process.Name)));
        foreach (var process in World.Processes)
        {
            if (process.Failure is { } failure)
                Violations.Add("program", $"{process.Name}: {failure}");
        }

        World.Settle(Moment);
        if (isOver)
        {
            Oracle.Check(this);
            moods.Check(this);
        }

        if (Trace is not null)
        {
            foreach (var server in World.Servers)
                Trace.Add(World.Elapsed, "server", server.Transcript.ToString());
            if (plan.HasTransfer)
                Trace.Add(World.Elapsed, "network", World.Network.Transcript.ToString());
            foreach (var party in parties)
                Trace.Add(World.Elapsed, party.Name, $"{party.Closed} {party.Failure?.GetType().Name} {party.Failure?.Message} {party.Verifiers.LastOrDefault()}");
        }

        return WorldResult.Of(this, parties, losses);
    }

    private void OnFrame(VirtualFrame frame)
    {
        if (Environment.CurrentManagedThreadId != thread)
            Violations.Add("thread", $"a frame of {frame.Client} arrived on another thread than the world's");
        if (World.Frames == MostFrames)
            throw new InvalidOperationException($"{MostFrames} frames are more than any of these worlds needs");
        Trace?.Add(World.Elapsed, frame.Client, $"{(frame.IsFromClient ? "→" : "←")} {Convert.ToHexStringLower(SHA256.HashData(frame.Bytes.Span))}");
    }

    // A world that throws is a world that failed, not the end of all others.
    private bool TryRun(TimeSpan limit)
    {
        try
        {
            return World.RunOn(limit);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Violations.Add("crash", $"{exception}");
            return false;
        }
    }

    public void Dispose() => World.Dispose();

    private void Add(Pair pair)
    {
        pairs.Add(pair);
        Secrets.Add(pair);
        foreach (var party in pair.Plan.Parties)
        {
            Party added = pair.Plan.FileLength is null ? new Talker(this, pair, party) : new FileParty(this, pair, party);
            pair.Parties.Add(added);
            added.Process = World.AddProcess(party.Name, added.RunAsync, World.Servers[pair.Plan.Server]);
            added.Process.Logger = Secrets;
            added.Process.ClockSkew = party.ClockSkew;
            added.Process.Client.Faults = added.Process.Client.Faults with { Latency = party.Latency };
        }
    }
}
