using System.Reactive;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole.Cli;

/// <summary>Lets people compare verifiers where they want to.</summary>
internal static class VerifierFlow
{
    internal static IObservable<Unit> Compare(Wormhole wormhole, CommandRun run) => !run.Settings.Verify ? Observable.Return(Unit.Default) :
        // A wrong code is found out before anybody is asked.
        from versions in wormhole.Versions
        from verifier in wormhole.Verifier.Do(value => run.FrontEnd.Tell(new CliEvent.Verifier(value)))
        from answer in Ask(wormhole, run)
        select answer == Question.Yes ? Unit.Default : throw new FailedException(
            ExitCode.WrongCode, "The verifiers differ: somebody may be in between. Nothing was sent.", "Agree on a new, longer code with --code-length, and over another way.");

    // The other side may be asked the same, or wait for our offer, or for an answer: it is told if nothing comes of it.
    private static IObservable<string> Ask(Wormhole wormhole, CommandRun run) => Observable.Defer(() =>
    {
        var isOver = false;
        return run.FrontEnd
            .Ask(Question.YesNo("verifier", "Does the other side show the same?", usual: null))
            .Do(
                answer =>
                {
                    isOver = true;
                    if (answer != Question.Yes)
                        Say(wormhole, "verifiers differ");
                },
                _ => Say(wormhole, "transfer rejected"))
            .Unless(GaveUp(wormhole).Do(_ => { }, _ => isOver = true))
            .Finally(() =>
            {
                if (!isOver)
                    Say(wormhole, "transfer rejected");
            });
    });

    private static IObservable<Unit> GaveUp(Wormhole wormhole) => wormhole.Messages.SelectMany(message =>
        PeerError.Of(message.Bytes.Span) is { } error ? Observable.Throw<Unit>(error) : Observable.Empty<Unit>());

    private static void Say(Wormhole wormhole, string what) =>
        wormhole.Send(TransferCodec.Write(new TransferMessage.Error(what))).Subscribe(static _ => { }, static _ => { });
}
