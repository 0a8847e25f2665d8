using System.Reactive.Linq;

namespace RxWormhole;

internal static class ThroughOperator
{
    /// <summary>Brings a stream into the session's queue: each notification is a step of its own, in order.</summary>
    /// <remarks>value, error, completion: each posted as a step. dispose: what is posted and has not run is dropped.</remarks>
    internal static IObservable<T> Through<T>(this IObservable<T> source, Action<Action> post) => Observable.Create<T>(observer => source.Subscribe(
        value => post(() => observer.OnNext(value)),
        error => post(() => observer.OnError(error)),
        () => post(observer.OnCompleted)));
}
