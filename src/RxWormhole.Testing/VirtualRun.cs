using System.Reactive.Concurrency;

namespace RxWormhole.Testing;

/// <summary>How a flow is run on a virtual clock.</summary>
internal static class VirtualRun
{
    internal static readonly TimeSpan UsualLimit = TimeSpan.FromMinutes(10);
    internal static readonly TimeSpan LongestLimit = TimeSpan.FromDays(36_525);

    internal static TResult UntilDone<TAbsolute, TRelative, TResult>(
        VirtualTimeSchedulerBase<TAbsolute, TRelative> clock, Func<Task<TResult>> flow, TimeSpan limit)
        where TAbsolute : IComparable<TAbsolute>
    {
        var running = flow();
        var isOver = false;
        using var deadline = clock.Schedule(limit, () =>
        {
            isOver = true;
            clock.Stop();
        });
        running.ContinueWith(_ => clock.Stop(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        // More than once, where the flow stops the clock itself.
        while (!running.IsCompleted && !isOver)
            clock.Start();
        if (!running.IsCompleted)
            throw new TimeoutException($"The flow was not done after {limit} of virtual time; it may wait for something that is not on the clock.");
        return running.GetAwaiter().GetResult();
    }

    internal static async Task<bool> WithResult(Func<Task> flow)
    {
        await flow().ConfigureAwait(false);
        return true;
    }

    internal static void Advance<TAbsolute, TRelative>(VirtualTimeSchedulerBase<TAbsolute, TRelative> clock, TimeSpan by, TRelative relative)
        where TAbsolute : IComparable<TAbsolute>
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        WithoutContext(() => Unnested(clock, () =>
        {
            clock.AdvanceBy(relative);
            return true;
        }));
    }

    internal static TResult Unnested<TAbsolute, TRelative, TResult>(VirtualTimeSchedulerBase<TAbsolute, TRelative> clock, Func<TResult> run)
        where TAbsolute : IComparable<TAbsolute>
    {
        if (clock.IsEnabled)
            throw new InvalidOperationException("The clock is running: it cannot be run or advanced from within what it runs. Await something on it instead.");
        try
        {
            return run();
        }
        catch
        {
            // Without it a clock that was left by an exception believes that it still runs.
            clock.Stop();
            throw;
        }
    }

    internal static TResult WithoutContext<TResult>(Func<TResult> action)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return action();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
