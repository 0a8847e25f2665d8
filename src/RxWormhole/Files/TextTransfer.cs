using System.Reactive;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole;

internal static class TextTransfer
{
    /// <summary>Offers a text, and waits for the answer.</summary>
    /// <remarks>Source: file transfer, section 5.2. value: one, when the other side has it. error: it did not take it, or the session's end.</remarks>
    internal static Func<Session, IObservable<Unit>> Of(Edge edge, TransferMessage.Offer offer) => session => Observable.Using(
        () => new TransferTalk(session, edge),
        talk =>
        {
            talk.Say(offer);
            return talk.Incoming.OfType<TransferMessage.Answer>().Take(1)
                .Select(answer => answer is { IsForText: true, Word: TransferMessage.Answer.Ok }
                    ? Unit.Default
                    : throw new TransferException(TransferFault.Rejected, "The other side did not take the text."))
                .Unless(talk.Ends<Unit>());
        });
}
