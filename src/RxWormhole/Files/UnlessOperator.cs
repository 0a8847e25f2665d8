using System.Reactive.Linq;

namespace RxWormhole;

internal static class UnlessOperator
{
    /// <summary>Lets a stream pass unless something fails before it is over.</summary>
    /// <remarks>value, error, completion: those of the stream. error: that of the other, if it comes first; its completion means nothing.</remarks>
    internal static IObservable<T> Unless<T>(this IObservable<T> source, IObservable<T> failure) =>
        source.Materialize().Merge(failure.Materialize().Where(static each => each.Kind == System.Reactive.NotificationKind.OnError)).Dematerialize();
}
