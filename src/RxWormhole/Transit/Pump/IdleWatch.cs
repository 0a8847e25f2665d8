using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Linq;

namespace RxWormhole;

internal static class IdleWatch
{
    private const int Looks = 16;

    /// <summary>Says once that a count has not changed for a time, to a sixteenth of it.</summary>
    /// <param name="moved">The count; looked at now and then, so that counting costs nothing.</param>
    /// <param name="limit">The time.</param>
    /// <param name="clock">Where time comes from.</param>
    internal static IObservable<Unit> Idle(Func<long> moved, TimeSpan limit, IScheduler clock) => Observable.Defer(() => Observable
        .Interval(limit / Looks, clock)
        .Scan((Moved: moved(), Looks: 0), (last, _) => moved() is var now && now == last.Moved ? (now, last.Looks + 1) : (now, 0))
        .Where(last => last.Looks >= Looks)
        .Take(1)
        .Select(_ => Unit.Default));
}
