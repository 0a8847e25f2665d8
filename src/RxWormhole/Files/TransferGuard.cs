using System.Reactive.Disposables;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole;

internal static class TransferGuardOperator
{
    // The connection may break a moment before the reason comes through the server.
    private static readonly TimeSpan ForTheReason = TimeSpan.FromSeconds(2);

    /// <summary>Ends a transfer with whatever ends it first, and sees to it that the other side knows.</summary>
    /// <remarks>
    /// value: as they come. completion: the transfer is done. error: it failed, or the other side gave up, whose words count more than the lost connection that
    /// comes with them. dispose: the other side is told that it was cancelled.
    /// </remarks>
    /// <param name="transfer">The transfer.</param>
    /// <param name="talk">What the two sides say.</param>
    /// <param name="env">The clock.</param>
    /// <param name="loss">The connection that was lost before, if there was one: then that is the reason for whatever comes of it.</param>
    internal static IObservable<T> Guard<T>(this IObservable<T> transfer, TransferTalk talk, TransitEnvironment env, Func<TransitException?> loss) => Observable.Create<T>(observer =>
    {
        var isOver = false;
        var inCase = talk.LastWord(Cancelled);
        var guarded = transfer
            .Catch((TransitException lost) => talk.Ends<T>().Merge(Observable.Timer(ForTheReason, env.Clock).SelectMany(_ => Observable.Throw<T>(lost))))
            .Materialize()
            .Merge(talk.Ends<T>().Materialize())
            .Dematerialize()
            .Subscribe(
                observer.OnNext,
                error =>
                {
                    isOver = true;
                    inCase.Dispose();
                    if (error is not (TransferException { Fault: TransferFault.Rejected } or WormholeClosedException))
                        talk.Say(new TransferMessage.Error(Words(error)));
                    observer.OnError(error is TransferException { Fault: TransferFault.Rejected } && loss() is { } lost
                        ? new TransferException(TransferFault.Interrupted, $"The connection was lost, and the transfer could not go on. {error.Message}", lost)
                        : error);
                },
                () =>
                {
                    isOver = true;
                    inCase.Dispose();
                    observer.OnCompleted();
                });
        return Disposable.Create(() =>
        {
            inCase.Dispose();
            guarded.Dispose();
            if (!isOver)
                talk.Say(Cancelled);
        });
    });

    internal static TransferMessage.Error Cancelled { get; } = new("transfer cancelled");

    internal static TransferMessage.Error Refused { get; } = new("transfer rejected");

    // Our own words: the messages of exceptions name paths, which are nobody else's business.
    private static string Words(Exception error) => error switch
    {
        TransferException { Words: { } words } => words,
        TransferException transfer => transfer.Fault switch
        {
            TransferFault.BadMessage => "message not understood",
            TransferFault.BadSource or TransferFault.SameName => "what was offered cannot be read",
            TransferFault.SourceChanged => "what was offered changed while it was sent",
            TransferFault.UnsafeName or TransferFault.Exists => Refused.Text,
            TransferFault.NoSpace => "transfer rejected: not enough space",
            TransferFault.BadFolder => "the folder cannot be unpacked",
            TransferFault.CannotWrite => "what arrived cannot be written",
            TransferFault.Corrupted => "what arrived is not what was sent",
            _ => "connection lost",
        },
        TransitException => "connection lost",
        _ => "transfer failed",
    };
}
