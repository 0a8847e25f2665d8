using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>The session behind a <see cref="Wormhole"/>: it holds the record, and nothing else changes it.</summary>
/// <remarks>
/// Links, timers and the application meet in one queue. A step takes one of them in, changes the record, asks the link script what to send, and
/// ends with a checkpoint, behind which its effects wait. The session never refers to the wormhole.
/// </remarks>
internal sealed partial class Session
{
    private readonly WormholeOptions options;
    private readonly IScheduler clock;
    private readonly SerialQueue queue;
    private readonly EffectGate? gate;
    private readonly List<Action> effects = [];
    private readonly CompositeDisposable lifetime = [];
    private readonly SingleAssignmentDisposable hardLimit = new();
    private readonly KeyExchange exchange;
    private readonly SessionLog log;
    private readonly bool isRestored;

    private readonly ReplaySubject<WormholeStatus> status = new(1);
    private readonly AsyncSubject<WelcomeInfo> welcome = new();
    private readonly AsyncSubject<string> code = new();
    private readonly AsyncSubject<Verifier> verifier = new();
    private readonly AsyncSubject<AppVersions> versions = new();
    private readonly Subject<Checkpoint> checkpoints = new();
    private readonly AsyncSubject<Unit> end = new();
    private readonly AsyncSubject<Unit> gone = new();

    private SessionRecord record;
    private SessionRecord committed;
    private Checkpoint? shown;
    private bool hasWritten;
    private WormholeStatus latest = new();
    private bool isTimed;
    private bool hasBegun;
    private WormholeException? over;

    internal Session(WormholeOptions options, SessionRecord record, bool isRestored)
    {
        this.options = options;
        this.record = committed = record;
        this.isRestored = isRestored;
        clock = options.Scheduler;
        status.OnNext(latest);
        queue = new SerialQueue(Settle, OnInternalFault);
        log = new SessionLog(options.Logger, record.Side);
        gate = options.Journal is null ? null : new EffectGate(checkpoint => options.Rules.Store(options.Journal, checkpoint), clock, Step, OnJournalFailed);
        Inbox = new MessageLog(options.Rules.Count(record.Delivered, count => Step(() => this.record = this.record with { Delivered = count })));
        exchange = new KeyExchange(record.AppId, record.Scalar, options.Bounds, options.Rules);
        lifetime.Add(exchange);
        lifetime.Add(hardLimit);
        sentBytes = BytesSaid(record);
        Follow();
    }

    internal IObservable<WormholeStatus> Status => status;

    internal IObservable<WelcomeInfo> Welcome => welcome;

    internal IObservable<string> Code => code;

    internal IObservable<Verifier> Verifier => verifier;

    internal IObservable<AppVersions> Versions => versions;

    internal MessageLog Inbox { get; }

    /// <summary>The latest checkpoint and each one after it.</summary>
    internal IObservable<Checkpoint> Checkpoints => Observable.Create<Checkpoint>(observer =>
    {
        var subscription = new SingleAssignmentDisposable();
        Step(() =>
        {
            if (shown is not null)
                observer.OnNext(shown);
            else if (IsCommittedStored)
                observer.OnNext(Checkpoint.Of(committed));
            subscription.Disposable = checkpoints.Subscribe(observer);
        });
        return subscription;
    });

    internal SessionLog Log => log;

    // Nobody was told of the present record, and nothing holds it back. The secret of a session that was hung up is gone.
    private bool IsCommittedStored => hasBegun && (gate is null || (isRestored && !hasWritten)) && (!IsGone || committed.IsEnded);

    private bool IsGone { get; set; }

    private bool IsOver => over is not null;

    /// <summary>What verbs that are still waiting fail with, once the session is over.</summary>
    internal IObservable<T> End<T>() => end.SelectMany(_ => Observable.Throw<T>(over!));

    /// <summary>Takes work into the session's lifetime.</summary>
    internal void Own(IDisposable work) => lifetime.Add(work);

    /// <summary>Runs something as a step of the session; what it makes of the record follows from there.</summary>
    internal void Step(Action action) => queue.Post(action);

    /// <summary>Does something as a step of the session.</summary>
    /// <param name="answer">What it yields.</param>
    /// <param name="step">Does it, and gives null, or the reason why it cannot be done.</param>
    internal IObservable<T> Ask<T>(IObservable<T> answer, Func<Exception?> step)
    {
        var asked = new AsyncSubject<T>();
        Step(() =>
        {
            if (step() is { } refusal)
                asked.OnError(refusal);
            else
                Own(answer.Subscribe(asked));
        });
        return asked;
    }

    /// <summary>Starts links and time. Does nothing the second time.</summary>
    internal void Begin()
    {
        if (hasBegun || IsOver)
            return;
        StartTime();
        hasBegun = true;
        if (isRestored)
            Recall();
        log.Begun();
        OpenSessions.Add(this);
        Report(current => current with { Stage = record.Stage });
        StartLinks();
    }

    /// <summary>Starts the time that the session may take; the first verb of any kind does. Does nothing the second time.</summary>
    internal void StartTime()
    {
        if (isTimed || IsOver)
            return;
        isTimed = true;
        if (!isRestored)
            record = record with { Started = clock.Now };
        if (record.Limit is not { } limit)
            return;
        var left = limit - record.Age(clock.Now);
        hardLimit.Disposable = options.Rules.Limit(Timer(left > TimeSpan.Zero ? left : TimeSpan.Zero)).Subscribe(_ => OnTimeout(limit));
    }

    /// <summary>Takes the limit off: the two sides are connected, and what they do now may take as long as it takes.</summary>
    internal void LiftLimit() => Step(hardLimit.Dispose);

    // Every timer of a session: one step in its queue, on its own clock.
    private IObservable<long> Timer(TimeSpan after) => Observable.Create<long>(observer => clock.Schedule(after, () => Step(() =>
    {
        observer.OnNext(0);
        observer.OnCompleted();
    })));

    // Behind every step.
    private void Settle()
    {
        PlayScript();
        Commit();
    }

    // Change, checkpoint, wait for the journal, then the effect.
    private void Commit()
    {
        var step = effects.ToArray();
        effects.Clear();
        if (record != committed)
        {
            committed = record;
            shown = gate is null ? null : shown;
            if (hasBegun && (gate is not null || checkpoints.HasObservers))
            {
                var checkpoint = Checkpoint.Of(record);
                hasWritten = true;
                gate?.Add(checkpoint);
                Effect(() =>
                {
                    shown = checkpoint;
                    checkpoints.OnNext(checkpoint);
                });
            }
        }

        foreach (var effect in step)
            Effect(effect);
    }

    private void Effect(Action effect)
    {
        if (gate is null)
            effect();
        else
            gate.Add(effect);
    }

    private void Report(Func<WormholeStatus, WormholeStatus> change) => effects.Add(() =>
    {
        var next = change(latest);
        if (!IsGone && next != latest)
            status.OnNext(latest = next);
    });

    private void OnTimeout(TimeSpan limit)
    {
        var mood = record.IsConfirmed ? Mood.Errory : Mood.Lonely;
        Fail(hasLost && record.IsPeerThere
            ? new ServerException(
                ServerFault.Forgotten,
                $"The server lost the mailbox after the other side had been there, and what was lost did not come back within {limit}. Begin again with a new code.",
                mood)
            : new WormholeTimeoutException(
                limit,
                !hasBegun ? "nothing had given it a code: AllocateCode, SetCode, InputCode or Resume does." :
                record.IsConfirmed ? "the session was not closed before." :
                record.IsPeerThere ? "the other side was there, but did not finish the key exchange." :
                "the other side did not come.",
                mood));
    }

    private void OnInternalFault(Exception exception)
    {
        effects.Clear();
        log.InternalFault(exception);
        Step(() => Fail(exception as WormholeException
            ?? new WormholeException("Something that should not fail did; this is a bug, or a connector or source of entropy that threw.", Mood.Errory, exception)));
    }

    // What waits for the checkpoint must not happen, and what could be said now cannot be stored: hang up, and what was stored can be restored.
    private void OnJournalFailed(Exception exception)
    {
        if (IsGone)
        {
            log.EndNotStored(exception);
            gate!.Dispose();
            return;
        }

        Announce(
            new WormholeException(
                "The journal could not store a checkpoint, so the session ends: going on would lose messages at the next restart. "
                + "The last checkpoint that was stored can be restored.",
                Mood.Errory,
                exception),
            isFailure: true);
        Leave(isAcknowledged: false, isAbandoned: true);
    }
}
