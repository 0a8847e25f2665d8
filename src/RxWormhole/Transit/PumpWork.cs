using System.Reactive.Disposables;
using System.Reactive.Linq;

namespace RxWormhole;

/// <summary>Work at the edge: awaiting begins and ends here.</summary>
internal static class PumpWork
{
    /// <summary>Describes work that awaits; it begins when subscribed to, on a thread of the pool or, inline, at once.</summary>
    /// <remarks>value: the result. completion: behind it. error: what the work threw. dispose: the work is cancelled, and what it still throws is nobody's.</remarks>
    internal static IObservable<T> Run<T>(this PumpMode mode, Func<CancellationToken, ValueTask<T>> work) => Observable.Create<T>(observer =>
    {
        var cancelling = new CancellationDisposable();
        if (mode == PumpMode.Inline)
            _ = Run(work, observer, cancelling.Token);
        else
            ThreadPool.UnsafeQueueUserWorkItem(_ => _ = Run(work, observer, cancelling.Token), null);
        return cancelling;
    });

    private static async Task Run<T>(Func<CancellationToken, ValueTask<T>> work, IObserver<T> observer, CancellationToken cancelled)
    {
        T result;
        try
        {
            result = await work(cancelled).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it is, it is the result.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            observer.OnError(exception);
            return;
        }

        observer.OnNext(result);
        observer.OnCompleted();
    }
}
