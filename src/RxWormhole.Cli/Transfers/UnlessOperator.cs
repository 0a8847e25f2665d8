using System.Reactive.Linq;

namespace RxWormhole.Cli;

internal static class UnlessOperator
{
    /// <summary>Takes the first value, unless something fails before: a question is taken back when there is nobody to answer any more.</summary>
    /// <remarks>value, completion: the first one of the source. error: that of the source or of the other, whichever comes first.</remarks>
    internal static IObservable<T> Unless<T, TOther>(this IObservable<T> source, IObservable<TOther> failure) =>
        source.Merge(failure.IgnoreElements().Select(static _ => default(T)!)).Take(1);
}
