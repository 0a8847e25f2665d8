using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace RxWormhole;

/// <summary>A place in the queue for messages, taken at the first subscription and given back when the last observer leaves before its message.</summary>
/// <remarks>
/// value: the message, which is taken from the queue at the moment the first observer gets it, so that leaving at any other moment loses nothing.
/// completion: along with it. error: the session's end, where no message is left.
/// </remarks>
internal sealed class ReceiveVerb(MessageLog log, Edge edge, object owner, Action begun) : IObservable<WormholeMessage>
{
    private readonly Lock gate = new();
    private readonly List<IObserver<WormholeMessage>> observers = [];
    private Action? begun = begun;
    private object? keepAlive;
    private bool isWaiting;
    private WormholeMessage? taken;
    private Exception? error;

    public IDisposable Subscribe(IObserver<WormholeMessage> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        Interlocked.Exchange(ref this.begun, null)?.Invoke();
        var mustWait = false;
        lock (gate)
        {
            observers.Add(observer);
            if (taken is null && error is null)
            {
                mustWait = !isWaiting;
                isWaiting = true;
                keepAlive = owner;
            }
        }

        if (mustWait)
            log.Wait(this);
        else if (!isWaiting)
            edge.Scheduler.Schedule(() => End(observer));
        return Disposable.Create(() => Leave(observer));
    }

    /// <summary>Lays a message before the verb. False where nobody waits for it any more.</summary>
    internal bool Offer(WormholeMessage message)
    {
        lock (gate)
        {
            if (!isWaiting)
                return false;
        }

        edge.Scheduler.Schedule(() => Take(message));
        return true;
    }

    internal void Fail(Exception exception)
    {
        IObserver<WormholeMessage>[] waiting;
        lock (gate)
        {
            if (!isWaiting)
                return;
            isWaiting = false;
            error = exception;
            waiting = [.. observers];
        }

        foreach (var observer in waiting)
            edge.Scheduler.Schedule(() => End(observer));
    }

    private void Take(WormholeMessage message)
    {
        IObserver<WormholeMessage>? first = null;
        IObserver<WormholeMessage>[] others = [];
        lock (gate)
        {
            if (observers.Count > 0)
            {
                first = observers[0];
                observers.RemoveAt(0);
                others = [.. observers];
                isWaiting = false;
                taken = message;
            }
        }

        if (first is null)
        {
            log.GiveBack(this, message);
            return;
        }

        foreach (var observer in others)
            edge.Scheduler.Schedule(() => End(observer));
        log.Settle(message, Hand(first));
        Forget();
    }

    private void End(IObserver<WormholeMessage> observer)
    {
        lock (gate)
        {
            if (!observers.Remove(observer))
                return;
        }

        Hand(observer);
        Forget();
    }

    private bool Hand(IObserver<WormholeMessage> observer) => edge.Hand(() =>
    {
        if (taken is null)
        {
            observer.OnError(error!);
            return;
        }

        observer.OnNext(taken);
        observer.OnCompleted();
    });

    private void Forget()
    {
        lock (gate)
        {
            GC.KeepAlive(keepAlive);
            keepAlive = observers.Count > 0 ? keepAlive : null;
        }
    }

    private void Leave(IObserver<WormholeMessage> observer)
    {
        lock (gate)
        {
            if (!observers.Remove(observer) || observers.Count > 0)
                return;
            keepAlive = null;
            if (!isWaiting)
                return;
            isWaiting = false;
        }

        log.Leave(this);
    }
}
