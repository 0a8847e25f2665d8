using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace RxWormhole.Tests.Threads;

/// <summary>A scheduler whose items a test runs by hand; time stands still.</summary>
internal abstract class ItemScheduler : IScheduler
{
    private readonly Queue<(Action Item, BooleanDisposable Cancelled)> waiting = new();

    public DateTimeOffset Now => DateTimeOffset.UnixEpoch;

    /// <summary>How many items ran.</summary>
    internal int Items { get; private set; }

    public abstract IDisposable Schedule(Action item);

    public IDisposable Schedule<TState>(TState state, Func<IScheduler, TState, IDisposable> action) => Schedule(() => action(this, state));

    public IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action) => throw new NotSupportedException();

    public IDisposable Schedule<TState>(TState state, DateTimeOffset dueTime, Func<IScheduler, TState, IDisposable> action) => throw new NotSupportedException();

    internal void RunAll()
    {
        while (waiting.TryDequeue(out var next))
        {
            if (next.Cancelled.IsDisposed)
                continue;
            Items++;
            next.Item();
        }
    }

    protected IDisposable Later(Action item)
    {
        var cancelled = new BooleanDisposable();
        waiting.Enqueue((item, cancelled));
        return cancelled;
    }
}
