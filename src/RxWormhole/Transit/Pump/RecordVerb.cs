using System.Reactive;
using System.Reactive.Disposables;

namespace RxWormhole;

/// <summary>A place in the direction into a link, taken at the first subscription and given back when the last observer leaves before the record.</summary>
/// <remarks>
/// value: the record, which is taken from the link at the moment the first observer gets it, so that leaving at any other moment loses nothing.
/// completion: along with it. error: the link's failure.
/// </remarks>
/// <param name="core">The link.</param>
/// <param name="owner">What observers keep from being collected while they wait, or null.</param>
/// <param name="post">Where an observer's code runs.</param>
/// <param name="hand">Runs it.</param>
/// <param name="limit">How long nothing may move before it fails; null where only a record that has begun has to go on.</param>
internal sealed class RecordVerb(LinkCore core, object? owner, Action<Action> post, Action<Action> hand, TimeSpan? limit) : IObservable<ReadOnlyMemory<byte>>
{
    private readonly Lock gate = new();
    private readonly List<IObserver<ReadOnlyMemory<byte>>> observers = [];
    private readonly SerialDisposable watch = new();
    private readonly SingleAssignmentDisposable failing = new();
    private object? keepAlive;
    private Lane.Turn? place;
    private ReadOnlyMemory<byte>? taken;
    private Exception? error;
    private bool isWaiting;

    private bool IsOver => taken is not null || error is not null;

    public IDisposable Subscribe(IObserver<ReadOnlyMemory<byte>> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        bool mustBegin, isOver;
        lock (gate)
        {
            observers.Add(observer);
            keepAlive = owner;
            isOver = IsOver;
            mustBegin = !isOver && !isWaiting;
            isWaiting |= mustBegin;
        }

        if (isOver)
            post(() => End(observer));
        else if (mustBegin)
            Begin();
        else
            Watch();
        return Disposable.Create(() => Leave(observer));
    }

    private void Begin()
    {
        place = core.In.Enter(turn =>
        {
            place = turn;
            core.Mode.Run(_ => core.GuardAsync(WaitAsync, static () => { })).Subscribe(_ => Offer(), Fail);
        });
        if (!failing.IsDisposed && failing.Disposable is null)
            failing.Disposable = core.Failed<Unit>().Subscribe(static _ => { }, Fail);
        Watch();
    }

    private async ValueTask<Unit> WaitAsync() => await core.Input.WaitAsync().ConfigureAwait(false)
        ? Unit.Default
        : throw new TransitException(TransitFault.Lost, "The other side closed the connection.");

    private void Watch()
    {
        if (place is not { } turn)
            return;
        var input = core.Input;
        var patience = 0L;
        turn.IsWatched = true;
        watch.Disposable = core.Watch(
            core.In, turn, () => limit is null && !input.IsInRecord ? --patience : input.Moved, limit ?? core.Silence);
        lock (gate)
        {
            if (isWaiting && !IsOver)
                return;
        }

        watch.Disposable = Disposable.Empty;
    }

    // The record stays in the link until somebody takes it.
    private void Offer()
    {
        watch.Disposable = Disposable.Empty;
        post(Take);
    }

    private void Take()
    {
        IObserver<ReadOnlyMemory<byte>>? first = null;
        lock (gate)
        {
            isWaiting = false;
            if (observers.Count > 0)
            {
                first = observers[0];
                observers.RemoveAt(0);
            }
        }

        watch.Disposable = Disposable.Empty;
        if (first is null)
        {
            place!.Release();
            return;
        }

        ReadOnlyMemory<byte>? opened = null;
        Exception? failure = null;
        try
        {
            opened = core.Guard(Open);
        }
#pragma warning disable CA1031 // It is the link's failure by now.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        IObserver<ReadOnlyMemory<byte>>[] others;
        lock (gate)
        {
            taken = opened;
            error ??= failure;
            others = [.. observers];
        }

        failing.Dispose();
        place!.Release();
        foreach (var observer in others)
            post(() => End(observer));
        Hand(first);
        Forget();
    }

    private ReadOnlyMemory<byte> Open()
    {
        var plaintext = new byte[core.Input.NextBytes];
        core.Input.Take(plaintext);
        return plaintext;
    }

    private void Fail(Exception exception)
    {
        IObserver<ReadOnlyMemory<byte>>[] waiting;
        lock (gate)
        {
            if (IsOver)
                return;
            isWaiting = false;
            error = exception;
            waiting = [.. observers];
        }

        watch.Dispose();
        failing.Dispose();
        place?.Release();
        foreach (var observer in waiting)
            post(() => End(observer));
    }

    private void End(IObserver<ReadOnlyMemory<byte>> observer)
    {
        lock (gate)
        {
            if (!observers.Remove(observer))
                return;
        }

        Hand(observer);
        Forget();
    }

    private void Hand(IObserver<ReadOnlyMemory<byte>> observer) => hand(() =>
    {
        if (taken is not { } record)
        {
            observer.OnError(error!);
            return;
        }

        observer.OnNext(record);
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

    private void Leave(IObserver<ReadOnlyMemory<byte>> observer)
    {
        lock (gate)
        {
            if (!observers.Remove(observer) || observers.Count > 0)
                return;
            keepAlive = null;
            if (IsOver || !isWaiting)
                return;
            // A turn that has come goes on, unwatched, until there is a record, which whoever comes next finds.
            if (place is not null && place.TryLeave())
                isWaiting = false;
        }

        watch.Disposable = Disposable.Empty;
        if (place is not null)
            place.IsWatched = false;
    }
}
