using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace RxWormhole.Testing;

/// <summary>A process from its start to its end: the clock as it sees it. What it scheduled never runs once it is dead.</summary>
internal sealed class ProcessLife(VirtualProcess process, IScheduler clock, Entropy entropy) : IScheduler
{
    private readonly CompositeDisposable held = [];
    private readonly CompositeDisposable links = [];

    /// <summary>One source for all its sessions: the second must not begin with the side and the key of the first.</summary>
    internal Entropy Entropy => entropy;

    /// <summary>Whether anything of it still happens.</summary>
    internal bool IsAlive { get; private set; } = true;

    /// <summary>How many items wait for their time.</summary>
    internal int Pending { get; private set; }

    public DateTimeOffset Now => clock.Now + process.ClockSkew;

    public IDisposable Schedule<TState>(TState state, Func<IScheduler, TState, IDisposable> action) => Schedule(state, TimeSpan.Zero, action);

    public IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action)
    {
        if (!IsAlive)
            return Disposable.Empty;
        Pending++;
        var item = new Item<TState>(this, state, action);
        item.Wait(clock.Schedule(item, dueTime, static (_, due) => due.Run()));
        return item;
    }

    public IDisposable Schedule<TState>(TState state, DateTimeOffset dueTime, Func<IScheduler, TState, IDisposable> action) =>
        Schedule(state, dueTime - Now, action);

    /// <summary>Keeps something that is disposed of with the process.</summary>
    internal void Hold(IDisposable thing) => held.Add(thing);

    /// <summary>Keeps a link, whose other end may believe in it longer than the process lives.</summary>
    internal void HoldLink(IDisposable link) => links.Add(link);

    /// <summary>Disposes of something that was kept.</summary>
    internal void Drop(IDisposable thing) => _ = held.Remove(thing) || links.Remove(thing);

    internal void End() => IsAlive = false;

    /// <summary>Lets go of what the process held, once nothing can come of it any more.</summary>
    internal void LetGo() => held.Dispose();

    /// <summary>Lets go of its links: from then on the server knows that it is gone.</summary>
    internal void LetGoOfLinks() => links.Dispose();

    private sealed class Item<TState>(ProcessLife life, TState state, Func<IScheduler, TState, IDisposable> action) : IDisposable
    {
        private IDisposable? inner;
        private bool hasRun;
        private bool isDisposed;

        internal void Wait(IDisposable waiting)
        {
            if (!hasRun)
                inner = waiting;
        }

        internal IDisposable Run()
        {
            if (isDisposed)
                return Disposable.Empty;
            life.Pending--;
            hasRun = true;
            if (!life.IsAlive)
                return Disposable.Empty;
            inner = action(life, state);
            if (isDisposed)
                inner.Dispose();
            return Disposable.Empty;
        }

        public void Dispose()
        {
            if (isDisposed)
                return;
            isDisposed = true;
            if (!hasRun)
                life.Pending--;
            inner?.Dispose();
        }
    }
}
