using System.Reactive.Concurrency;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole;

internal static class HashcashRun
{
    /// <summary>Searches for a stamp in slices, each an item of the scheduler, so that the search can be left in between.</summary>
    /// <remarks>value: null after each slice without success, then the stamp. completion: behind it. dispose: the search stops.</remarks>
    internal static IObservable<string?> Run(this HashcashMint mint, int attemptsPerSlice, IScheduler scheduler) =>
        Observable.Create<string?>(observer => scheduler.Schedule(again =>
        {
            mint.TrySlice(attemptsPerSlice, out var stamp);
            observer.OnNext(stamp);
            if (stamp is null)
                again();
            else
                observer.OnCompleted();
        }));
}
