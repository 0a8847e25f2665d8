using System.Reactive.Linq;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>One who takes part: what it remembers over all lives of its process, and what became of its sessions.</summary>
/// <param name="simulated">The world as it is run.</param>
/// <param name="pair">Whom it meets.</param>
/// <param name="plan">What it does.</param>
internal abstract class Party(SimulatedWorld simulated, Pair pair, PartyPlan plan)
{
    // A minute and up to a second by chance; who polls waits for the next tick of its schedule.
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(61);
    private static readonly TimeSpan LongestTick = TimeSpan.FromHours(1);

    // As people do who face each other, but giving up on that sooner: worlds are many.
    private static readonly PollingSchedule Impatient = new(
        new PollingStep(TimeSpan.Zero, TimeSpan.FromSeconds(0.5)),
        new PollingStep(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)),
        new PollingStep(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60)));

    internal PartyPlan Plan => plan;

    internal Pair Pair => pair;

    internal string Name => plan.Name;

    internal VirtualProcess Process { get; set; } = null!;

    internal List<SessionProbe> Probes { get; } = [];

    /// <summary>What its last session failed with, or null.</summary>
    internal WormholeException? Failure { get; set; }

    /// <summary>What every session that failed did so with.</summary>
    internal List<WormholeException> Failures { get; } = [];

    internal CloseResult? Closed { get; set; }

    internal List<Verifier> Verifiers { get; } = [];

    internal List<byte[]> Keys { get; } = [];

    internal int Sessions => Probes.Count;

    internal int Restores { get; private set; }

    /// <summary>Whether the last checkpoint said that the session had ended, so that there was nothing to restore.</summary>
    internal bool HadEnded { get; private set; }

    protected SimulatedWorld Simulated => simulated;

    protected Violations Violations => simulated.Violations;

    /// <summary>When its first session began: a restored one has the limit of the first.</summary>
    internal TimeSpan? Began(SessionProbe probe) => Restores > 0 ? Probes.Find(each => each.Began is not null)?.Began : probe.Began;

    /// <summary>The program of its process, once for each life.</summary>
    internal async Task RunAsync(VirtualProcess process)
    {
        foreach (var probe in Probes)
            probe.IsDead |= probe.EndedAt is null;
        var checkpoint = plan.HasJournal ? process.Stored(Journal) : null;
        if (checkpoint is { IsEnded: true } && IsOneSession)
        {
            HadEnded = true;
            pair.TellNoMore();
            return;
        }

        if (checkpoint is not null && IsOneSession)
            Restores++;
        await LiveAsync(process, checkpoint);
        if (pair.Plan.Parties[0] == plan)
            pair.TellNoMore();
    }

    protected virtual string Journal => "";

    protected virtual bool IsOneSession => true;

    protected abstract Task LiveAsync(VirtualProcess process, Checkpoint? checkpoint);

    protected WormholeOptions Options(VirtualProcess process)
    {
        process.IsOverHttp = plan.IsOverHttp;
        process.HttpPollInterval = plan.HttpPollInterval;
        var options = process.Options(pair.AppId) with
        {
            Mode = plan.IsPolling ? LinkMode.Poll : LinkMode.Push,
            Schedule = plan.IsPatient ? PollingSchedule.Patient : Impatient,
            Timeout = pair.Plan.Timeout,
            Rules = simulated.Settings.Rules,
        };
        if (pair.Plan.FileLength is not null)
            options = options with { AppVersions = WormholeOptions.ForFiles.AppVersions };
        return plan.HasJournal ? options with { Journal = process.Journal(Journal) } : options;
    }

    /// <summary>Lives through one session and writes down how it ended.</summary>
    protected async Task SessionAsync(VirtualProcess process, Func<Wormhole, SessionProbe, WormholeOptions, Task> use)
    {
        var options = Options(process);
        using var wormhole = process.Open(options, Journal);
        var probe = new SessionProbe(Name, wormhole, simulated.World, plan.IsPolling ? LongestTick : LongestBackOff, Violations, simulated.Trace) { Deadline = options.Timeout };
        if (plan.HasJournal)
            probe.WatchCheckpoints(wormhole);
        Probes.Add(probe);
        Failure = null;
        try
        {
            await use(wormhole, probe, options);
        }
        catch (WormholeException exception)
        {
            // A session that failed ends by itself, and says how; one that has only a complaint is closed by this.
            Closed = await wormhole.Close();
            if (exception is not WormholeClosedException)
            {
                Failure = exception;
                Failures.Add(exception);
            }
        }

        await probe.Ended;
    }

    /// <summary>The party's part in getting a code; false where nobody is going to tell one.</summary>
    protected async Task<bool> BeginAsync(Wormhole wormhole, SessionProbe probe, WormholeOptions options, bool isRestored)
    {
        var isFirst = pair.Plan.Parties[0] == plan;
        if (isRestored)
        {
            var resumed = await probe.Verb("Resume", wormhole.Resume());
            if (isFirst)
                pair.Tell(resumed);
        }
        else if (isFirst && pair.Plan.Meeting != MeetingKind.HumanMade)
        {
            pair.Tell(await probe.Verb("AllocateCode", wormhole.AllocateCode()));
        }
        else
        {
            var heard = await pair.Told(plan, mayBeKnown: IsOneSession).Delay(plan.Waits, options.Scheduler);
            if (heard is null)
                return false;
            await probe.Verb("SetCode", wormhole.SetCode(heard));
        }

        return true;
    }
}
