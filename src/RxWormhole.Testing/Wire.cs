using System.Reactive.Concurrency;

namespace RxWormhole.Testing;

/// <summary>One direction of a link: does what is put in after a delay, in order, by itself, because not every scheduler does.</summary>
internal sealed class Wire(IScheduler scheduler, TimeSpan delay)
{
    private readonly Queue<(DateTimeOffset Due, Action Arrive)> waiting = new();
    private DateTimeOffset latest;
    private bool isScheduled;
    private bool isCut;

    internal void Put(Action arrive) => Put(arrive, TimeSpan.Zero);

    /// <summary>Puts something in that takes a time of its own; what is put in later does not overtake it.</summary>
    internal void Put(Action arrive, TimeSpan more)
    {
        TimeSpan wait;
        lock (waiting)
        {
            if (isCut)
                return;
            var due = scheduler.Now + delay + more;
            latest = due > latest ? due : latest;
            waiting.Enqueue((latest, arrive));
            if (isScheduled)
                return;
            isScheduled = true;
            wait = latest - scheduler.Now;
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
