using System.Reactive.Concurrency;

namespace RxWormhole.Testing;

/// <summary>One direction of a link: does what is put in after a delay, in order, by itself, because not every scheduler does.</summary>
internal sealed class Wire(IScheduler scheduler, TimeSpan delay)
{
    private readonly Queue<(DateTimeOffset Due, Action Arrive)> waiting = new();
    private DateTimeOffset last = DateTimeOffset.MinValue;
    private bool isScheduled;
    private bool isCut;

    internal void Put(Action arrive)
    {
        TimeSpan wait;
        lock (waiting)
        {
            if (isCut)
                return;
            var due = scheduler.Now + delay;
            last = due > last ? due : last;
            waiting.Enqueue((last, arrive));
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
        try
        {
            while (TryTakeDue(out var arrive))
                arrive();
        }
        finally
        {
            ScheduleNext();
        }
    }

    private void ScheduleNext()
    {
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

    private bool TryTakeDue(out Action arrive)
    {
        lock (waiting)
        {
            var isDue = waiting.TryPeek(out var next) && next.Due <= scheduler.Now;
            arrive = isDue ? waiting.Dequeue().Arrive : static () => { };
            return isDue;
        }
    }
}
