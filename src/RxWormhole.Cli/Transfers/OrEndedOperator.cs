using System.Reactive.Linq;

namespace RxWormhole.Cli;

internal static class OrEndedOperator
{
    /// <summary>Tells what is missing where input has ended before it was read.</summary>
    /// <param name="asked">What was asked for.</param>
    /// <param name="missing">That it is missing, and how else it is given.</param>
    /// <remarks>value, completion: as it comes. error: <see cref="FailedException"/> in place of <see cref="EndOfStreamException"/>; others as they come.</remarks>
    internal static IObservable<string> OrEnded(this IObservable<string> asked, Failure missing) =>
        asked.Catch((EndOfStreamException ended) => Observable.Throw<string>(new FailedException(missing, ended)));
}
