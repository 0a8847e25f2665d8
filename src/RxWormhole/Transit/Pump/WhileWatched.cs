using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Reactive.Subjects;

namespace RxWormhole;

internal static class WhileWatchedOperator
{
    /// <summary>Makes an operation of a description: it begins at the first subscription, runs once, and is cancelled when the last subscriber leaves.</summary>
    /// <param name="source">The description.</param>
    /// <param name="cancelled">What those get who come after it was cancelled.</param>
    /// <remarks>value: the latest at once, then each new one; behind the end, the last one. completion, error: those of the operation.</remarks>
    internal static IObservable<T> WhileWatched<T>(this IObservable<T> source, Func<Exception> cancelled) =>
        new Watched<T>(source, cancelled).Values.ResetExceptionDispatchState();

    private sealed class Watched<T>
    {
        private readonly Lock gate = new();
        private readonly ReplaySubject<T> values = new(1);
        private readonly SingleAssignmentDisposable run = new();
        private readonly IObservable<T> source;
        private readonly Func<Exception> cancelled;
        private bool hasBegun;
        private bool isOver;
        private int watchers;

        internal Watched(IObservable<T> source, Func<Exception> cancelled)
        {
            this.source = source;
            this.cancelled = cancelled;
            Values = Observable.Create<T>(Watch);
        }

        internal IObservable<T> Values { get; }

        private IDisposable Watch(IObserver<T> observer)
        {
            bool mustBegin;
            lock (gate)
            {
                mustBegin = !hasBegun;
                hasBegun = true;
                watchers++;
            }

            var subscription = values.Subscribe(observer);
            if (mustBegin)
                run.Disposable = source.Do(static _ => { }, _ => isOver = true, () => isOver = true).Subscribe(values);
            return Disposable.Create(() =>
            {
                subscription.Dispose();
                Leave();
            });
        }

        private void Leave()
        {
            lock (gate)
            {
                if (--watchers > 0 || isOver)
                    return;
                isOver = true;
            }

            run.Dispose();
            values.OnError(cancelled());
        }
    }
}
