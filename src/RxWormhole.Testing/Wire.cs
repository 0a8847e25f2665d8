using System.Reactive.Concurrency;

namespace RxWormhole.Testing;

/// <summary>One direction of a link: delivers what is put in after a delay, in order, by itself, because not every scheduler does.</summary>
internal sealed class Wire<T>(IScheduler scheduler, Action<T> deliver)
{
    private readonly Queue<(DateTimeOffset Due, T Item)> waiting = new();
    private DateTimeOffset last = DateTimeOffset.MinValue;
    private bool isScheduled;
    private bool isCut;

    internal void Put(T item, TimeSpan delay)
    {
        TimeSpan wait;
        lock (waiting)
        {
            if (isCut)
                return;
            var due = scheduler.Now + delay;
            last = due > last ? due : last;
            waiting.Enqueue((last, item));
            if (isScheduled)
                return;
            isScheduled = true;
            wait = last - scheduler.Now;
        }

        scheduler.Schedule(wait, Run);
    }

    internal void Cut()
    {
        lock (waiting)
        {
            isCut = true;
            waiting.Clear();
        }
    }

    private void Run()
    {
        while (TryTakeDue(out var item))
            deliver(item);

        TimeSpan wait;
        lock (waiting)
        {
            isScheduled = waiting.Count > 0;
            if (!isScheduled)
                return;
            wait = waiting.Peek().Due - scheduler.Now;
        }

        scheduler.Schedule(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Run);
    }

    private bool TryTakeDue(out T item)
    {
        lock (waiting)
        {
            var isDue = waiting.TryPeek(out var next) && next.Due <= scheduler.Now;
            item = isDue ? waiting.Dequeue().Item : default!;
            return isDue;
        }
    }
}
