using System.Reactive.Concurrency;

namespace RxWormhole.Testing;

/// <summary>One direction of a link: does what is put in after a delay, in order, by itself, because not every scheduler does.</summary>
/// <param name="scheduler">The clock.</param>
/// <param name="delay">The delay.</param>
/// <param name="cable">Where it enters the network, so that it waits while that is out.</param>
/// <param name="other">The same at the other end, or null where that is always in.</param>
internal sealed class Wire(IScheduler scheduler, TimeSpan delay, Cable cable, Cable? other = null)
{
    private readonly Queue<(DateTimeOffset Due, Action Arrive)> waiting = new();
    private DateTimeOffset latest;
    private bool isScheduled;
    private bool isCut;

    /// <summary>Whether who puts things in has hung up, so that what is under way is tried again less and less often.</summary>
    internal bool IsGivenUp { get; set; }

    /// <summary>What happens when nothing more arrives at this instant.</summary>
    internal Action? Settled { get; init; }

    private bool IsOut => cable.IsOut || other is { IsOut: true };

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

    /// <summary>Goes on where it was parked.</summary>
    internal void Resume(TimeSpan wait) => scheduler.Schedule(wait, Run);

    private void Run()
    {
        try
        {
            while (TryTakeDue(out var arrive))
                arrive();
            Settled?.Invoke();
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

        if (wait <= TimeSpan.Zero && (cable.TryPark(this) || other?.TryPark(this) is true))
            return;
        scheduler.Schedule(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Run);
    }

    private bool TryTakeDue(out Action arrive)
    {
        lock (waiting)
        {
            var isDue = !IsOut && waiting.TryPeek(out var next) && next.Due <= scheduler.Now;
            arrive = isDue ? waiting.Dequeue().Arrive : static () => { };
            return isDue;
        }
    }
}
