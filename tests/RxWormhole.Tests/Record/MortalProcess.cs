using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using Microsoft.Reactive.Testing;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Record;

/// <summary>A process that can end at any moment: its links are cut then, and nothing of it runs or is heard of any more.</summary>
/// <remarks>What runs in it has it for scheduler and connector.</remarks>
internal sealed class MortalProcess(VirtualClient client, TestScheduler clock) : IScheduler, IRendezvousConnector
{
    private static readonly TimeSpan Drain = TimeSpan.FromMilliseconds(50);

    internal bool IsAlive { get; private set; } = true;

    /// <summary>Called once, when the process has ended.</summary>
    internal Action Ended { get; init; } = () => { };

    /// <summary>At which frame of the client, counted over all its links in both directions as they arrive, the process ends, at the latest.</summary>
    internal int DiesAtFrame { get; init; } = int.MaxValue;

    /// <summary>Gets what the process hands to its links.</summary>
    internal Action<ReadOnlyMemory<byte>> Sent { get; init; } = _ => { };

    public DateTimeOffset Now => clock.Now;

    /// <summary>Ends the process.</summary>
    /// <param name="sentArrives">Whether what it had handed to the network arrives.</param>
    internal void Kill(bool sentArrives)
    {
        if (!IsAlive)
            return;
        IsAlive = false;
        if (sentArrives)
            clock.Schedule(Drain, client.Cut);
        else
            client.Cut();
        Ended();
    }

    public IObservable<ReadOnlyMemory<byte>> Connect(Uri server, IObservable<ReadOnlyMemory<byte>> outbound) =>
        Observable.Create<ReadOnlyMemory<byte>>(observer => client.Connect(server, outbound.Where(_ => IsAlive).Do(Sent)).Subscribe(
            frame =>
            {
                Living(() => observer.OnNext(frame));
                DieAtFrame();
            },
            error =>
            {
                DieAtFrame();
                Living(() => observer.OnError(error));
            },
            () => Living(observer.OnCompleted)));

    public IDisposable Schedule<TState>(TState state, Func<IScheduler, TState, IDisposable> action) =>
        clock.Schedule(state, Living(action));

    public IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action) =>
        clock.Schedule(state, dueTime, Living(action));

    public IDisposable Schedule<TState>(TState state, DateTimeOffset dueTime, Func<IScheduler, TState, IDisposable> action) =>
        clock.Schedule(state, dueTime, Living(action));

    private Func<IScheduler, TState, IDisposable> Living<TState>(Func<IScheduler, TState, IDisposable> action) =>
        (_, state) => IsAlive ? action(this, state) : Disposable.Empty;

    private void Living(Action action)
    {
        if (IsAlive)
            action();
    }

    // A frame that arrived at the server is noticed by the cut behind it; one that arrived here by itself, because it may have made the process hang up.
    private void DieAtFrame()
    {
        if (client.Frames >= DiesAtFrame)
            Kill(sentArrives: false);
    }
}
