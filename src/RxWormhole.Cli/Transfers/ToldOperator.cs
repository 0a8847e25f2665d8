using System.Reactive.Linq;

namespace RxWormhole.Cli;

internal static class ToldOperator
{
    /// <summary>Tells how far a transfer is, and once which way it goes.</summary>
    /// <remarks>
    /// value, completion: as they come. error: as it comes; but where the other side gives up what was agreed on, it is the transfer that has failed, and nobody has turned anything down.
    /// </remarks>
    internal static IObservable<TransferProgress> Told(this IObservable<TransferProgress> progress, CommandRun run) => Observable.Defer(() =>
    {
        TransitRoute? route = null;
        var isAgreed = false;
        return progress.Do(now =>
        {
            isAgreed |= now.Stage > TransferStage.Waiting;
            if (now.Route is { } way && way != route)
                run.FrontEnd.Tell(new CliEvent.Route(route = way));
            run.FrontEnd.Tell(new CliEvent.Progress(now));
        }).Catch((TransferException given) => Observable.Throw<TransferProgress>(isAgreed && given.Fault == TransferFault.Rejected
            ? new FailedException(new Failure(ExitCode.Transfer, given.Message, "Ask the other side what happened, and send it again with a new code."), given)
            : given));
    });
}
