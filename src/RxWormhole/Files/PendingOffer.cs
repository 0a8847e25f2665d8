using System.Reactive.Disposables;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>An offer that arrived, and whose sender waits for an answer. It refers to the session and never to the wormhole.</summary>
internal sealed class PendingOffer
{
    private readonly IDisposable inCase;
    private int isDecided;

    private PendingOffer(TransferTalk talk, TransferOffer offer, int features)
    {
        Talk = talk;
        Offer = offer;
        IsFromOurs = features >= TransferFeatures.More;
        inCase = offer is TransferOffer.Text ? Disposable.Empty : talk.LastWord(TransferGuardOperator.Refused);
    }

    internal TransferTalk Talk { get; }

    internal TransferOffer Offer { get; }

    internal bool IsFromOurs { get; }

    /// <summary>Waits for an offer. A text is acknowledged at once, as every client does; what cannot be taken is refused.</summary>
    /// <remarks>
    /// value: the offer. completion: behind it. error: the session's end, or what the other side sent is no offer.
    /// Made here, because a lambda shares what it captures with its neighbours, and this one must not refer to the wormhole.
    /// </remarks>
    internal static Func<Session, IObservable<PendingOffer>> Await(Edge edge) => session => Observable.Defer(() => Await(session, new TransferTalk(session, edge)));

    private static IObservable<PendingOffer> Await(Session session, TransferTalk talk) => Observable.Create<PendingOffer>(observer =>
    {
        session.Own(talk);
        var offered =
            from message in talk.Incoming.OfType<TransferMessage.Offer>().Take(1).Unless(talk.Ends<TransferMessage.Offer>())
            from versions in session.Versions
            select Take(talk, message.Offered, session.FeaturesWith(versions));
        return offered.Subscribe(
            observer.OnNext,
            error =>
            {
                talk.Dispose();
                observer.OnError(error);
            },
            observer.OnCompleted);
    });

    /// <summary>Takes the right to answer; false where somebody did.</summary>
    internal bool TryDecide()
    {
        if (Interlocked.Exchange(ref isDecided, 1) == 1)
            return false;
        inCase.Dispose();
        return true;
    }

    private static PendingOffer Take(TransferTalk talk, TransferOffer offer, int features)
    {
        switch (offer)
        {
            case TransferOffer.Text:
                talk.Say(new TransferMessage.Answer(IsForText: true, TransferMessage.Answer.Ok));
                talk.Dispose();
                break;
            case TransferOffer.Folder { IsZip: false } folder:
                talk.Say(new TransferMessage.Error("unknown mode"));
                throw new TransferException(TransferFault.BadMessage, $"The other side offers a folder that is packed in an unknown way: '{Printable.Of(folder.Mode)}'.");
            case TransferOffer.Unknown:
            case TransferOffer.OpenEnded when features < TransferFeatures.OpenEnded:
                talk.Say(new TransferMessage.Error("unknown offer type"));
                throw new TransferException(TransferFault.BadMessage, "The other side offers something that this program does not know.");
        }

        return new PendingOffer(talk, offer, features);
    }
}
