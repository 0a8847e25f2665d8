using System.Reactive.Disposables;
using System.Reactive.Linq;

namespace RxWormhole;

internal static class OneShotOperator
{
    /// <summary>Makes a verb of work: run at most once, whoever subscribes; one value or one error, never nothing; later subscribers get the same.</summary>
    /// <param name="start">Begins the work, at the first subscription.</param>
    /// <param name="end">Fails when the session ends, so that a verb never stays empty.</param>
    /// <param name="own">Takes the work's subscription, so that it ends with the session and not with its observers.</param>
    internal static IObservable<T> OneShot<T>(Func<IObservable<T>> start, IObservable<T> end, Action<IDisposable> own) =>
        Observable.Create<T>(observer => StableCompositeDisposable.Create(
                start().Subscribe(
                    value =>
                    {
                        observer.OnNext(value);
                        observer.OnCompleted();
                    },
                    observer.OnError,
                    static () => { }),
                end.Subscribe(static _ => { }, observer.OnError, static () => { })))
            .PublishLast()
            .AutoConnect(1, own)
            .ResetExceptionDispatchState();
}
