using System.Reactive.Concurrency;
using System.Reactive.Threading.Tasks;

namespace RxWormhole.Testing;

/// <summary>Runs asynchronous code on a virtual clock: a <c>TestScheduler</c>, a <see cref="HistoricalScheduler"/>, or any other of Rx.</summary>
/// <remarks>
/// An <c>async</c> method that awaits a session's verbs goes on inline while the clock advances, but only where no <see cref="SynchronizationContext"/>
/// was current when it began to wait; test runners often install one, and then it goes on somewhere on the thread pool, too late. These methods clear it and
/// put it back. A virtual clock belongs to one thread: what blocks on it, such as <c>Wait()</c> on a verb, blocks for ever.
/// </remarks>
public static class VirtualTime
{
    /// <summary>Starts a flow and advances the clock until it is done, for ten minutes of virtual time at most.</summary>
    /// <inheritdoc cref="Run{TAbsolute, TRelative}(VirtualTimeSchedulerBase{TAbsolute, TRelative}, Func{Task}, TimeSpan)"/>
    public static void Run<TAbsolute, TRelative>(this VirtualTimeSchedulerBase<TAbsolute, TRelative> clock, Func<Task> flow)
        where TAbsolute : IComparable<TAbsolute> => Run(clock, flow, VirtualRun.UsualLimit);

    /// <summary>Starts a flow and advances the clock until it is done.</summary>
    /// <param name="clock">The clock; it must not be running.</param>
    /// <param name="flow">The flow; what it awaits has to happen on the clock.</param>
    /// <param name="limit">How much virtual time it may take: more than zero, up to a hundred years.</param>
    /// <exception cref="ArgumentNullException">The clock or the flow is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not in its range.</exception>
    /// <exception cref="InvalidOperationException">The clock is running: runs cannot be nested.</exception>
    /// <exception cref="TimeoutException">The flow was not done in time.</exception>
    /// <remarks>What the flow throws comes out as it is, and so does what throws on the clock beside it.</remarks>
    public static void Run<TAbsolute, TRelative>(this VirtualTimeSchedulerBase<TAbsolute, TRelative> clock, Func<Task> flow, TimeSpan limit)
        where TAbsolute : IComparable<TAbsolute>
    {
        ArgumentNullException.ThrowIfNull(flow);
        Run(clock, () => VirtualRun.WithResult(flow), limit);
    }

    /// <summary>Starts a flow, advances the clock until it is done, for ten minutes of virtual time at most, and gives its result.</summary>
    /// <inheritdoc cref="Run{TAbsolute, TRelative}(VirtualTimeSchedulerBase{TAbsolute, TRelative}, Func{Task}, TimeSpan)"/>
    public static TResult Run<TAbsolute, TRelative, TResult>(this VirtualTimeSchedulerBase<TAbsolute, TRelative> clock, Func<Task<TResult>> flow)
        where TAbsolute : IComparable<TAbsolute> => Run(clock, flow, VirtualRun.UsualLimit);

    /// <summary>Starts a flow, advances the clock until it is done, and gives its result.</summary>
    /// <inheritdoc cref="Run{TAbsolute, TRelative}(VirtualTimeSchedulerBase{TAbsolute, TRelative}, Func{Task}, TimeSpan)"/>
    public static TResult Run<TAbsolute, TRelative, TResult>(
        this VirtualTimeSchedulerBase<TAbsolute, TRelative> clock, Func<Task<TResult>> flow, TimeSpan limit)
        where TAbsolute : IComparable<TAbsolute>
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, VirtualRun.LongestLimit);
        return VirtualRun.WithoutContext(() => VirtualRun.Unnested(clock, () => VirtualRun.UntilDone(clock, flow, limit)));
    }

    /// <summary>Subscribes to a query, advances the clock until it completes, for ten minutes of virtual time at most, and gives its last value.</summary>
    /// <inheritdoc cref="Run{TAbsolute, TRelative, TResult}(VirtualTimeSchedulerBase{TAbsolute, TRelative}, IObservable{TResult}, TimeSpan)"/>
    public static TResult Run<TAbsolute, TRelative, TResult>(this VirtualTimeSchedulerBase<TAbsolute, TRelative> clock, IObservable<TResult> query)
        where TAbsolute : IComparable<TAbsolute> => Run(clock, query, VirtualRun.UsualLimit);

    /// <summary>Subscribes to a query, advances the clock until it completes, and gives its last value.</summary>
    /// <param name="clock">The clock; it must not be running.</param>
    /// <param name="query">The query; what it waits for has to happen on the clock.</param>
    /// <param name="limit">How much virtual time it may take: more than zero, up to a hundred years.</param>
    /// <exception cref="ArgumentNullException">The clock or the query is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not in its range.</exception>
    /// <exception cref="InvalidOperationException">The clock is running: runs cannot be nested. Or the query completed without a value.</exception>
    /// <exception cref="TimeoutException">The query did not complete in time.</exception>
    /// <remarks>An error of the query is thrown as it is, and so is what throws on the clock beside it.</remarks>
    public static TResult Run<TAbsolute, TRelative, TResult>(
        this VirtualTimeSchedulerBase<TAbsolute, TRelative> clock, IObservable<TResult> query, TimeSpan limit)
        where TAbsolute : IComparable<TAbsolute>
    {
        ArgumentNullException.ThrowIfNull(query);
        return Run(clock, () => query.ToTask(), limit);
    }

    /// <summary>Starts a flow so that it goes on inline whenever the clock advances.</summary>
    /// <param name="flow">The flow. It runs up to the first thing it waits for.</param>
    /// <returns>What <paramref name="flow"/> gave: look at it after advancing, and do not block on it.</returns>
    /// <exception cref="ArgumentNullException">The flow is null.</exception>
    public static TTask StartInline<TTask>(Func<TTask> flow)
        where TTask : Task
    {
        ArgumentNullException.ThrowIfNull(flow);
        return VirtualRun.WithoutContext(flow);
    }

    /// <summary>Advances the clock; flows that were begun in <see cref="StartInline"/>, or where there was no context, go on inline.</summary>
    /// <param name="clock">The clock, for instance a <c>TestScheduler</c>; it must not be running.</param>
    /// <param name="by">How far: zero or more.</param>
    /// <exception cref="ArgumentNullException">The clock is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <exception cref="InvalidOperationException">The clock is running: it cannot be advanced from what it runs.</exception>
    /// <remarks>What throws on the clock comes out, and the clock can be used again. What a flow throws is in its task.</remarks>
    public static void AdvanceInline(this VirtualTimeSchedulerBase<long, long> clock, TimeSpan by) => VirtualRun.Advance(clock, by, by.Ticks);

    /// <inheritdoc cref="AdvanceInline(VirtualTimeSchedulerBase{long, long}, TimeSpan)"/>
    public static void AdvanceInline(this VirtualTimeSchedulerBase<DateTimeOffset, TimeSpan> clock, TimeSpan by) => VirtualRun.Advance(clock, by, by);
}
