using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace RxWormhole;

internal static class DeliverOperator
{
    /// <summary>Hands a stream over to the application: for each subscription, in order, one scheduled item at a time.</summary>
    /// <param name="source">The stream.</param>
    /// <param name="edge">Where the application's code runs, so that it may block, throw or call back without stopping a link.</param>
    /// <param name="owner">What a subscription keeps from being collected while it lasts, or null.</param>
    /// <param name="log">Follows the values, or null.</param>
    /// <remarks>
    /// value, error, completion: passed on later, each as an item of its own; a completion that is known when the value before it is delivered goes along
    /// with it, so that whoever awaits goes on at that moment. dispose: nothing is delivered any more.
    /// What an observer throws, the failure of a session included where it has no error handler, ends its subscription and nothing else.
    /// </remarks>
    internal static IObservable<T> Deliver<T>(this IObservable<T> source, Edge edge, object? owner, IDeliveryLog<T>? log = null) =>
        new Delivered<T>(source, edge, owner, log, onlyLatest: false);

    /// <summary>Hands a stream over to the application, which gets only the latest value where it is slower than they come, and the last one always.</summary>
    /// <inheritdoc cref="Deliver{T}"/>
    internal static IObservable<T> DeliverLatest<T>(this IObservable<T> source, Edge edge, object? owner) =>
        new Delivered<T>(source, edge, owner, log: null, onlyLatest: true);

    // Not Observable.Create, which would put an observer of its own between us and one without an error handler.
    private sealed class Delivered<T>(IObservable<T> source, Edge edge, object? owner, IDeliveryLog<T>? log, bool onlyLatest) : IObservable<T>
    {
        public IDisposable Subscribe(IObserver<T> observer)
        {
            ArgumentNullException.ThrowIfNull(observer);
            var delivery = new Delivery<T>(observer, edge, owner, log, onlyLatest);
            delivery.Source.Disposable = source.Subscribe(delivery);
            return delivery;
        }
    }

    private sealed class Delivery<T>(IObserver<T> observer, Edge edge, object? owner, IDeliveryLog<T>? log, bool onlyLatest) : IObserver<T>, IDisposable
    {
        private readonly Queue<Notification<T>> waiting = new();

        // Not a SerialDisposable: an item may have run, and the next one been scheduled, before scheduling it returned.
        private readonly MultipleAssignmentDisposable item = new();

        // The subscription keeps the wormhole it came from alive, and no longer than it lasts itself.
        private object? keepAlive = owner;
        private Action? run;
        private bool isScheduled;
        private bool isDone;

        internal SingleAssignmentDisposable Source { get; } = new();

        public void OnNext(T value)
        {
            log?.Given(value);
            Add(Notification.CreateOnNext(value));
        }

        public void OnError(Exception error) => Add(Notification.CreateOnError<T>(error));

        public void OnCompleted() => Add(Notification.CreateOnCompleted<T>());

        public void Dispose()
        {
            Notification<T>[] left;
            lock (waiting)
            {
                isDone = true;
                left = [.. waiting];
                waiting.Clear();
            }

            Source.Dispose();
            item.Dispose();
            GC.KeepAlive(keepAlive);
            keepAlive = null;
            foreach (var value in left.Where(notification => notification.HasValue))
                log?.Dropped(value.Value);
        }

        private void Add(Notification<T> notification)
        {
            lock (waiting)
            {
                if (!isDone)
                {
                    // What waits are values: behind an end nothing comes.
                    if (onlyLatest && notification.HasValue)
                        waiting.Clear();
                    waiting.Enqueue(notification);
                    if (isScheduled)
                        return;
                    isScheduled = true;
                }
                else
                {
                    if (notification.HasValue)
                        log?.Dropped(notification.Value);
                    return;
                }
            }

            Schedule();
        }

        // Always with the same type of state, an action: a native program has to find the scheduler's method for each other type when it first comes to it.
        private void Schedule() => item.Disposable = edge.Scheduler.Schedule(run ??= Run);

        private void Run()
        {
            if (TryTake(onlyCompletion: false, out var first))
            {
                var isTaken = Hand(first) && (!TryTake(onlyCompletion: true, out var completion) || Hand(completion));
                if (first.HasValue && isTaken)
                    log?.Returned(first.Value);
                else if (first.HasValue)
                    log?.Dropped(first.Value);
            }

            lock (waiting)
            {
                isScheduled = waiting.Count > 0;
                if (!isScheduled)
                    return;
            }

            Schedule();
        }

        private bool TryTake(bool onlyCompletion, out Notification<T> notification)
        {
            lock (waiting)
            {
                notification = null!;
                return waiting.TryPeek(out var next)
                    && (!onlyCompletion || next.Kind == NotificationKind.OnCompleted)
                    && waiting.TryDequeue(out notification!);
            }
        }

        private bool Hand(Notification<T> notification)
        {
            var isOver = notification.Kind != NotificationKind.OnNext;
            var returned = edge.Hand(() => notification.Accept(observer));
            if (isOver || !returned)
                Dispose();
            return returned;
        }
    }
}
