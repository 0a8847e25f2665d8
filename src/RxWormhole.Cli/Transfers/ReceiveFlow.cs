using System.Reactive;
using System.Reactive.Linq;
using System.Text;

namespace RxWormhole.Cli;

/// <summary>Receives: the target is looked at first, then there is a code, then the other side and what it offers.</summary>
internal static class ReceiveFlow
{
    internal static IObservable<Unit> Run(Wormhole wormhole, CommandRun run, ReceiveRequest request) =>
        from target in Observable.Return(ReceiveTarget.Of(run, request))
        from _ in CodeFlow.Give(wormhole, run, isSender: false, request.Allocate)
        from __ in VerifierFlow.Compare(wormhole, run)
        from offer in wormhole.ReceiveOffer().Do(offer => Tell(run, offer))
        from done in offer switch
        {
            IncomingText text => Take(run, text),
            IncomingContent content when request.OnlyText => Refuse(content, "only a text is accepted", new Failure(
                ExitCode.Rejected, "The other side offers a file, and only a text is accepted.", "Leave out --only-text to receive it.")),
            IncomingFolder folder when target.IsOutput => Refuse(folder, null, new Failure(
                ExitCode.Rejected, "The other side offers a folder, which cannot go to standard output.", "Leave out --output-file to receive it.")),
            IncomingContent content => Decide(run, target, content),
            _ => throw new InvalidOperationException("Nothing else is offered."),
        }
        select done;

    private static IObservable<Unit> Take(CommandRun run, IncomingText text)
    {
        run.FrontEnd.Tell(new CliEvent.Message(text.Text));
        run.FrontEnd.Tell(new CliEvent.Done("text message received"));
        return Observable.Return(Unit.Default);
    }

    private static IObservable<Unit> Decide(CommandRun run, ReceiveTarget target, IncomingContent content) =>
        from answer in ExistingFlow.Decide(run, target, content).Unless(content.Withdrawn)
        from done in answer.IsAccepted ? Accept(run, target, content, answer.Policy)
            : Refuse(content, null, answer.Failure).Do(_ => run.FrontEnd.Tell(new CliEvent.Done("left alone what is there already")))
        select done;

    private static IObservable<Unit> Accept(CommandRun run, ReceiveTarget target, IncomingContent content, ExistingPolicy policy) => Receive(run, target, content, policy)
        .Told(run)
        .LastAsync()
        .Do(last => run.FrontEnd.Tell(new CliEvent.Done(content is IncomingFolder ? "folder received" : "file received", last.Path, last.Bytes)))
        .Select(_ => Unit.Default);

    private static IObservable<TransferProgress> Receive(CommandRun run, ReceiveTarget target, IncomingContent content, ExistingPolicy policy) =>
        target.IsOutput && content is IncomingFile file
            ? Observable.Using(run.World.OpenOutput, file.AcceptInto)
            : content.Accept(new ReceiveOptions { Sink = run.World.Sink, Folder = target.Folder, Name = target.Name, Existing = policy });

    private static IObservable<Unit> Refuse(IncomingContent content, string? reason, Failure? failure) => content
        .Reject(reason)
        .Select(rejected => failure is null ? rejected : throw new FailedException(failure));

    private static void Tell(CommandRun run, IncomingOffer offer) => run.FrontEnd.Tell(offer switch
    {
        IncomingText text => new CliEvent.Offer(IsOurs: false, OfferKind.Text, null, Encoding.UTF8.GetByteCount(text.Text)),
        IncomingFolder { IsSeveral: true } several => new CliEvent.Offer(IsOurs: false, OfferKind.Several, several.Name, several.Bytes, several.Files) { Names = [.. several.Names] },
        IncomingFolder folder => new CliEvent.Offer(IsOurs: false, OfferKind.Folder, folder.Name, folder.Bytes, folder.Files),
        IncomingContent file => new CliEvent.Offer(IsOurs: false, file.Length is null ? OfferKind.Stream : OfferKind.File, file.Name, file.Length),
        _ => throw new InvalidOperationException("Nothing else is offered."),
    });
}
