using System.Buffers;
using System.Reactive;
using System.Reactive.Disposables;
using System.Reactive.Linq;

namespace RxWormhole;

internal static class RecordSending
{
    /// <summary>Describes sending one record in its turn.</summary>
    /// <remarks>value: one, when the connection has taken it. completion: behind it. error: the link's failure. dispose: nothing more is heard of it.</remarks>
    internal static IObservable<Unit> Send(this LinkCore core, ReadOnlyMemory<byte> record) => Observable.Create<Unit>(observer =>
    {
        Lane.Turn? place = null;
        var sending = core.InTurn(core.Out, turn => place = turn, async () =>
        {
            await core.Output.SendAsync(new ReadOnlySequence<byte>(record)).ConfigureAwait(false);
            return Unit.Default;
        });
        var watch = new SingleAssignmentDisposable();
        var subscription = sending.Finally(watch.Dispose).Subscribe(observer);
        watch.Disposable = core.Watch(core.Out, place!, () => core.Output.Moved, core.Silence);
        return StableCompositeDisposable.Create(subscription, watch);
    });
}
