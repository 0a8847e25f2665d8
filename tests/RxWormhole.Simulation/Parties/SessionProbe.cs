using System.Reactive.Disposables;
using System.Reactive.Linq;
using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>Listens to everything that a session says and holds it against what architecture.md promises of verbs and nouns.</summary>
internal sealed class SessionProbe
{
    private readonly List<IWatched> all = [];
    private readonly Violations violations;
    private readonly VirtualWorld world;
    private readonly string who;
    private readonly Watched<WormholeStatus> status;

    internal SessionProbe(string who, Wormhole wormhole, VirtualWorld world, TimeSpan longestPause, Violations violations, Trace? trace)
    {
        this.who = who;
        this.world = world;
        this.violations = violations;
        Made = world.Elapsed;
        wormhole.Status.Where(each => each.Stage != WormholeStage.Idle).Take(1).Subscribe(_ => Began = world.Elapsed);
        wormhole.Status.Where(each => each.Stage is WormholeStage.Exchanging or WormholeStage.Paired).Take(1).Subscribe(_ => HasMet = true);
        status = new Watched<WormholeStatus>($"{who}.Status", isOneShot: false, mayFail: false, violations);
        wormhole.Status.Select(each => each.Link).OfType<LinkStatus.Lost>().Where(lost => lost.RetryIn > longestPause)
            .Subscribe(lost => violations.Add("pause", $"{who} waits {lost.RetryIn} for its next link"));
        wormhole.Status.Subscribe(trace is null ? status : status.To(new StatusTrace(who, world, trace)));
        Noun("Welcome", wormhole.Welcome);
        Noun("Code", wormhole.Code);
        Noun("Verifier", wormhole.Verifier);
        Noun("Versions", wormhole.Versions);
        Ended = wormhole.Status.Do(static _ => { }, End).IgnoreElements().Select(static _ => false).Concat(Observable.Return(true)).Replay().AutoConnect(0);
    }

    /// <summary>When it got or began to get its code.</summary>
    internal TimeSpan? Began { get; private set; }

    /// <summary>Whether the other side was ever there.</summary>
    internal bool HasMet { get; private set; }

    /// <summary>How long it may take in all; null where that began in an earlier life.</summary>
    internal TimeSpan? Deadline { get; init; }

    /// <summary>When this life of the session came into being.</summary>
    internal TimeSpan Made { get; }

    /// <summary>When the session was over, tidied up and all; null as long as it is not.</summary>
    internal TimeSpan? EndedAt { get; private set; }

    /// <summary>One value, when the session is over and tidied up.</summary>
    internal IObservable<bool> Ended { get; }

    internal WormholeStatus? LastStatus => status.Last;

    /// <summary>Whether its process died, so that it owes nobody anything.</summary>
    internal bool IsDead { get; set; }

    /// <summary>Follows a verb.</summary>
    internal IObservable<T> Verb<T>(string name, IObservable<T> verb) => new Verbed<T>(Watch<T>(name, isOneShot: true), verb);

    /// <summary>Follows a stream that gives what it gives.</summary>
    internal IObservable<T> Stream<T>(string name, IObservable<T> stream) => new Verbed<T>(Watch<T>(name, isOneShot: false), stream);

    /// <summary>Once the session should be over: everything has to be.</summary>
    internal void Check()
    {
        if (IsDead)
            return;
        if (!status.IsOver || status.Last is not { Stage: WormholeStage.Ended, Outcome: not null })
        {
            violations.Add("end", $"{who}'s session is not over: {status.Last?.Stage}, {status.Last?.Link}");
            return;
        }

        if (LastCheckpoint() is { IsEnded: false })
            violations.Add("checkpoint", $"the last checkpoint of {who}'s session does not say that it is the last");
        var failure = status.Last.Outcome.Error;
        foreach (var each in all)
        {
            if (each is { IsOver: false, IsLeft: false })
                violations.Add("promise", $"{each.Name} never ended");
            else if (failure is not null && each is { Error: null, IsLeft: false, HasValue: false, OwesValue: true })
                violations.Add("promise", $"{each.Name} completed where the session failed: '{failure.Message}'");
            else if (failure is not null && each.Error is WormholeException and not WormholeUsageException && !IsSame(each.Error, failure))
                violations.Add("promise", $"{each.Name} failed with '{each.Error.Message}', the session with '{failure.Message}'");
        }
    }

    // Transfers have failures of their own.
    private static bool IsSame(Exception one, Exception failure) => ReferenceEquals(one, failure) || one is TransferException or TransitException;

    private void End() => EndedAt ??= world.Elapsed;

    /// <summary>Follows the checkpoints, which never fail.</summary>
    internal void WatchCheckpoints(Wormhole wormhole)
    {
        var checkpoints = new Watched<Checkpoint>($"{who}.Checkpoints", isOneShot: false, mayFail: false, violations);
        wormhole.Checkpoints.Subscribe(checkpoints);
        LastCheckpoint = () => checkpoints.Last;
        all.Add(checkpoints);
    }

    /// <summary>The last checkpoint it showed, or null.</summary>
    internal Func<Checkpoint?> LastCheckpoint { get; private set; } = static () => null;

    private Watched<T> Noun<T>(string name, IObservable<T> noun)
    {
        var watched = Watch<T>(name, isOneShot: true);
        noun.Subscribe(watched);
        return watched;
    }

    private Watched<T> Watch<T>(string name, bool isOneShot)
    {
        var watched = new Watched<T>($"{who}.{name}", isOneShot, mayFail: true, violations);
        all.Add(watched);
        return watched;
    }

    private sealed class Verbed<T>(Watched<T> watched, IObservable<T> verb) : IObservable<T>
    {
        // Whoever leaves a stream does not wait for its end.
        public IDisposable Subscribe(IObserver<T> observer)
        {
            var subscription = verb.Subscribe(watched.To(observer));
            return Disposable.Create(() =>
            {
                subscription.Dispose();
                watched.Leave();
            });
        }
    }

    private sealed class StatusTrace(string who, VirtualWorld world, Trace trace) : IObserver<WormholeStatus>
    {
        public void OnNext(WormholeStatus value) => trace.Add(world.Elapsed, who, $"status {value.Stage}, {value.Link}, {value.Outcome?.Mood}");

        public void OnError(Exception error)
        {
        }

        public void OnCompleted()
        {
        }
    }
}
