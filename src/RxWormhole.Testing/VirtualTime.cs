using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace RxWormhole.Testing;

/// <summary>Runs asynchronous code on a virtual clock.</summary>
/// <remarks>
/// An <c>async</c> method that awaits a session's verbs goes on inline while the clock advances, but only where no <see cref="SynchronizationContext"/>
/// is current; test runners often install one, and then it goes on somewhere on the thread pool. These methods clear it and put it back.
/// </remarks>
public static class VirtualTime
{
    private static readonly TimeSpan UsualLimit = TimeSpan.FromMinutes(10);

    /// <summary>Starts a flow and advances the clock until it is done.</summary>
    /// <param name="clock">The clock, for instance a <c>TestScheduler</c>.</param>
    /// <param name="flow">The flow; what it awaits has to happen on the clock.</param>
    /// <param name="limit">How much virtual time it may take; ten minutes unless told otherwise.</param>
    /// <exception cref="TimeoutException">The flow was not done in time.</exception>
    /// <remarks>What the flow throws comes out.</remarks>
    public static void Run(VirtualTimeSchedulerBase<long, long> clock, Func<Task> flow, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(flow);
        WithoutContext(() =>
        {
            var running = flow();
            using var deadline = clock.ScheduleRelative(clock, (limit ?? UsualLimit).Ticks, static (scheduler, self) =>
            {
                self.Stop();
                return Disposable.Empty;
            });
            running.ContinueWith(_ => clock.Stop(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            if (!running.IsCompleted)
                Guarded(clock, clock.Start);
            if (!running.IsCompleted)
                throw new TimeoutException($"The flow was not done after {limit ?? UsualLimit} of virtual time; it may wait for something that is not on the clock.");
            running.GetAwaiter().GetResult();
        });
    }

    /// <summary>Advances the clock, so that flows that were started before go on inline.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="by">How far.</param>
    public static void AdvanceInline(this VirtualTimeSchedulerBase<long, long> clock, TimeSpan by)
    {
        ArgumentNullException.ThrowIfNull(clock);
        WithoutContext(() => Guarded(clock, () => clock.AdvanceTo(clock.Clock + by.Ticks)));
    }

    private static void Guarded(VirtualTimeSchedulerBase<long, long> clock, Action run)
    {
        try
        {
            run();
        }
        catch
        {
            // Without it a clock that was left by an exception believes that it still runs.
            clock.Stop();
            throw;
        }
    }

    private static void WithoutContext(Action action)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            action();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
