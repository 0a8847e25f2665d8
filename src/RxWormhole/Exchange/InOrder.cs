using System.Reactive.Linq;

namespace RxWormhole;

internal static class InOrderOperator
{
    /// <summary>Lets numbered elements pass in the order of their numbers, from 0 without gaps, whatever order they come in.</summary>
    /// <param name="source">The elements.</param>
    /// <param name="number">The number of an element; one that was seen before is dropped.</param>
    /// <param name="mostHeld">How many elements may wait for one of a lower number.</param>
    /// <param name="tooMany">Makes the error for when there are more.</param>
    /// <remarks>
    /// value: held until its number is next. error: passed on at once, or <paramref name="tooMany"/>. completion: passed on at once; what is held is lost.
    /// </remarks>
    internal static IObservable<T> InOrder<T>(this IObservable<T> source, Func<T, int> number, int mostHeld, Func<Exception> tooMany) =>
        Observable.Create<T>(observer =>
        {
            var held = new SortedDictionary<int, T>();
            var next = 0;
            return source.Subscribe(
                element =>
                {
                    if (number(element) < next || !held.TryAdd(number(element), element))
                        return;
                    while (held.Remove(next, out var due))
                    {
                        next++;
                        observer.OnNext(due);
                    }

                    if (held.Count > mostHeld)
                        observer.OnError(tooMany());
                },
                observer.OnError,
                observer.OnCompleted);
        });
}
