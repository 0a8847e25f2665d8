using System.Reactive.Linq;

namespace RxWormhole;

internal static class OwnedOperator
{
    /// <summary>Goes on with each value and disposes of it when what follows from it is over.</summary>
    internal static IObservable<TResult> Owned<T, TResult>(this IObservable<T> source, Func<T, IObservable<TResult>> body)
        where T : IDisposable => source.SelectMany(value => Observable.Using(() => value, body));
}
