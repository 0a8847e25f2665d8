using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;

namespace RxWormhole.Interop.Tests;

internal static class WaitExtensions
{
    /// <summary>Waits for the last value of a stream, not for ever.</summary>
    internal static T Get<T>(this IObservable<T> stream) => stream.Timeout(PeerProcess.Patience).Wait();

    internal static Task<T> Start<T>(this IObservable<T> stream) => stream.Timeout(PeerProcess.Patience).ToTask();

    internal static T Get<T>(this Task<T> task) => task.GetAwaiter().GetResult();
}
