using System.Diagnostics;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace RxWormhole.Interop.Tests.Faults;

/// <summary>The thread pool with a clock that can be made to go faster, so that nobody has to wait for a minute until silence counts as loss.</summary>
internal sealed class HastyScheduler : LocalScheduler, IDisposable
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<Action, (DateTimeOffset Due, long Number)> waiting = new();
    private readonly SerialDisposable alarm = new();
    private DateTimeOffset since = DateTimeOffset.UtcNow;
    private long sinceStamp = Stopwatch.GetTimestamp();
    private double speed = 1;
    private long number;

    public override DateTimeOffset Now
    {
        get
        {
            lock (gate)
                return since + Stopwatch.GetElapsedTime(sinceStamp) * speed;
        }
    }

    /// <summary>How fast the clock goes from now on; 1 is as fast as any other.</summary>
    internal double Speed
    {
        set
        {
            lock (gate)
            {
                (since, sinceStamp, speed) = (Now, Stopwatch.GetTimestamp(), value);
                Arm();
            }
        }
    }

    public override IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action)
    {
        var item = new SingleAssignmentDisposable();
        lock (gate)
        {
            waiting.Enqueue(Run, (Now + Scheduler.Normalize(dueTime), number++));
            Arm();
        }

        return item;

        void Run()
        {
            if (!item.IsDisposed)
                item.Disposable = action(this, state);
        }
    }

    // What comes again and again is timed by this one, which would go by the real time.
    public override IStopwatch StartStopwatch() => new Watch(this, Now);

    public void Dispose() => alarm.Dispose();

    private void Arm()
    {
        if (waiting.TryPeek(out _, out var next))
            alarm.Disposable = DefaultScheduler.Instance.Schedule(Scheduler.Normalize((next.Due - Now) / speed), Fire);
    }

    private void Fire()
    {
        var due = new List<Action>();
        lock (gate)
        {
            while (waiting.TryPeek(out _, out var next) && next.Due <= Now)
                due.Add(waiting.Dequeue());
            Arm();
        }

        // Each for itself: one that blocks must not hold up the next.
        foreach (var action in due)
            DefaultScheduler.Instance.Schedule(action);
    }

    private sealed class Watch(HastyScheduler clock, DateTimeOffset start) : IStopwatch
    {
        public TimeSpan Elapsed => clock.Now - start;
    }
}
