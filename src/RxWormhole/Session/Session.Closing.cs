using System.Reactive;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using RxWormhole.Protocol;

namespace RxWormhole;

// The end, wanted or not: announced first, tidied up after.
internal sealed partial class Session
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly AsyncSubject<CloseResult> closed = new();
    private Action? announcement;
    private Action? farewell;

    /// <summary>How closing went, once it is done.</summary>
    internal IObservable<CloseResult> Closed => closed;

    /// <summary>When disposing has waited long enough: once closing is done, or the session's time is over.</summary>
    internal IObservable<Unit> Left => closed.Select(_ => Unit.Default).Merge(end.Where(_ => over is WormholeTimeoutException)).Take(1);

    /// <summary>Closes with the earned mood or the given one. Closing what is over already changes nothing.</summary>
    internal void Close(Mood? mood) => Step(() =>
    {
        var earned = mood ?? (record.IsConfirmed ? Mood.Happy : Mood.Lonely);
        if (record.IsConfirmed)
            SayLastWords();
        Over(new WormholeClosedException(earned), earned, isFailure: false);
    });

    /// <summary>Hangs up now. What was checkpointed can be restored, because nothing says that the session ended.</summary>
    internal void Abandon() => Step(() =>
    {
        Announce(new WormholeClosedException(record.IsConfirmed ? Mood.Happy : Mood.Lonely), isFailure: false);
        Leave(isAcknowledged: false, isAbandoned: true);
    });

    /// <summary>Ends the session with an error. The first reason counts.</summary>
    internal void Fail(WormholeException exception)
    {
        if (IsOver)
            return;
        if (exception is StaleCheckpointException)
        {
            Announce(exception, isFailure: true);
            Leave(isAcknowledged: false, isAbandoned: true);
        }
        else
        {
            Over(exception, exception.Mood, isFailure: true);
        }
    }

    private void Over(WormholeException exception, Mood mood, bool isFailure)
    {
        if (IsOver)
            return;
        Announce(exception, isFailure);
        record = record with { Mood = mood };
        lifetime.Add(Timer(Grace).Subscribe(_ => OnGraceOver()));
        if (!hasBegun)
            Leave(isAcknowledged: record.IsSettled, isAbandoned: true);
        else if (record.IsSettled && link is not { IsAwaitingNameplate: true })
            Leave(isAcknowledged: true);
        else if (link is null)
            Wake();
    }

    private void Announce(WormholeException exception, bool isFailure)
    {
        if (IsOver)
            return;
        over = exception;
        if (isFailure)
            log.Failed(exception);
        var outcome = new WormholeOutcome(exception.Mood, isFailure ? exception : null);
        Report(current => current with { Stage = WormholeStage.Closing, Outcome = outcome });
        var lost = sends.Where(each => isFailure || !record.Messages[each.Key].IsSealed).Select(each => each.Value).ToArray();
        announcement = () =>
        {
            welcome.OnError(exception);
            code.OnError(exception);
            verifier.OnError(exception);
            versions.OnError(exception);
            unproven.OnError(exception);
            confirmed.OnError(exception);
            end.OnNext(Unit.Default);
            end.OnCompleted();
            EndTyping(exception);
            foreach (var sent in lost)
                sent.OnError(exception);
            Inbox.End(exception, isFailure);
        };
        effects.Add(announcement);
    }

    // A journal that does not answer is waited for no longer than a server.
    private void OnGraceOver()
    {
        if (gate is { IsWriting: true })
            gate.Abandon();
        if (farewell is null)
            Leave(isAcknowledged: false);
        else
            effects.Add(farewell);
    }

    private void Leave(bool isAcknowledged, bool isAbandoned = false)
    {
        if (IsGone)
            return;
        IsGone = true;
        link = null;
        var mood = over!.Mood;
        if (isAbandoned)
            gate?.Abandon();
        else
            record = record with { IsEnded = true, Mood = mood };
        var outcome = new WormholeOutcome(mood, over is WormholeClosedException ? null : over);
        var last = latest with { Stage = WormholeStage.Ended, Link = new LinkStatus.None(), Outcome = outcome };
        OpenSessions.Remove(this);
        log.Ended(mood, isAcknowledged);
        farewell = () =>
        {
            // What was said before hears nothing of it; but the journal may have kept it from being said.
            announcement!();
            foreach (var sent in sends.Values)
                sent.OnError(over);
            closed.OnNext(new CloseResult(mood, isAcknowledged));
            closed.OnCompleted();
            checkpoints.OnCompleted();
            status.OnNext(last);
            status.OnCompleted();
            gone.OnNext(Unit.Default);
            gone.OnCompleted();
            lifetime.Dispose();
            gate?.Dispose();
            record.Scalar.Dispose();
        };
        effects.Add(farewell);
    }
}
