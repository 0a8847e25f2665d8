using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace RxWormhole.Testing;

/// <summary>The clock of a world: as a <see cref="HistoricalScheduler"/>, for one thread, and for many items that are cancelled before their time.</summary>
internal sealed class WorldClock(DateTimeOffset beginning) : HistoricalSchedulerBase(beginning, Comparer<DateTimeOffset>.Default)
{
    private readonly PriorityQueue<Item, Place> items = new();
    private long scheduled;

    public override IDisposable ScheduleAbsolute<TState>(TState state, DateTimeOffset dueTime, Func<IScheduler, TState, IDisposable> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var item = new Item<TState>(this, state, dueTime, action);
        items.Enqueue(item, new Place(dueTime.UtcTicks, scheduled++));
        return item;
    }

    protected override IScheduledItem<DateTimeOffset>? GetNext()
    {
        while (items.TryPeek(out var next, out _))
        {
            if (!next.IsCancelled)
                return next;
            items.Dequeue();
        }

        return null;
    }

    // What is due at the same time comes in the order in which it was scheduled.
    private readonly record struct Place(long Due, long Number) : IComparable<Place>
    {
        public int CompareTo(Place other) => Due == other.Due ? Number.CompareTo(other.Number) : Due.CompareTo(other.Due);
    }

    private abstract class Item(DateTimeOffset due) : IScheduledItem<DateTimeOffset>, IDisposable
    {
        private IDisposable? inner;

        public DateTimeOffset DueTime => due;

        internal bool IsCancelled { get; private set; }

        public void Invoke()
        {
            inner = Run();
            if (IsCancelled)
                inner.Dispose();
        }

        public void Dispose()
        {
            if (IsCancelled)
                return;
            IsCancelled = true;
            inner?.Dispose();
        }

        protected abstract IDisposable Run();
    }

    private sealed class Item<TState>(WorldClock clock, TState state, DateTimeOffset due, Func<IScheduler, TState, IDisposable> action) : Item(due)
    {
        // Out of the queue before it runs, so that one that throws is not run again.
        protected override IDisposable Run()
        {
            clock.items.Dequeue();
            return action(clock, state) ?? Disposable.Empty;
        }
    }
}
