using System.Reactive;
using System.Reactive.Disposables;
using System.Reactive.Linq;

namespace RxWormhole;

internal static class BulkRun
{
    // At most ten values a second.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    /// <summary>Describes moving bytes in one direction of a link.</summary>
    /// <remarks>
    /// value: how far it is: now, whenever that has changed, and in the end. completion: behind the last one. error: the link's failure, behind a last value.
    /// dispose: the link ends, if anything has begun.
    /// </remarks>
    internal static IObservable<TransferProgress> Run(
        this LinkCore core, Lane lane, Func<long> touched, TransferSpan span, TransitRoute route, Func<ProgressMeter, ValueTask> work) => Observable.Defer(() =>
        {
            var meter = new ProgressMeter(span, route, core.Clock);
            var moving = Observable.Defer(() => Observable.Return(meter.Look(TransferStage.Moving)));
            return Observable
                .Interval(Tick, core.Clock)
                .Select(_ => meter.Look(TransferStage.Moving))
                .DistinctUntilChanged(progress => progress.Bytes)
                .TakeUntil(core.Move(lane, touched, meter, work))
                .StartWith(meter.Look(TransferStage.Moving))
                .Concat(Observable.Defer(() => Observable.Return(meter.Look(TransferStage.Finishing))))
                .Catch((Exception exception) => moving.Concat(Observable.Throw<TransferProgress>(exception)));
        });

    // value: one, when all is done. error: the link's failure. dispose: before that, the link ends if it has begun.
    private static IObservable<Unit> Move(
        this LinkCore core, Lane lane, Func<long> touched, ProgressMeter meter, Func<ProgressMeter, ValueTask> work) => Observable.Create<Unit>(observer =>
        {
            Lane.Turn? place = null;
            var isOver = false;
            var working = core.InTurn(lane, turn => place = turn, async () =>
            {
                await work(meter).ConfigureAwait(false);
                isOver = true;
                return Unit.Default;
            });
            var subscription = working.TakeUntil(core.Failed<Unit>()).Subscribe(observer);
            // There is no place where the link had ended before.
            var watch = place is null ? Disposable.Empty : core.Watch(lane, place, touched, core.Silence);
            return StableCompositeDisposable.Create(watch, subscription, Disposable.Create(() =>
            {
                if (!isOver && place?.TryLeave() == false)
                    core.End(TransitFault.Lost, "A transfer over this link was cancelled here, which ended the link.");
            }));
        });
}
