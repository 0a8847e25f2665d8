using System.Reactive.Linq;

namespace RxWormhole.Cli;

internal static class ToldOperator
{
    /// <summary>Tells how far a transfer is, and once which way it goes.</summary>
    internal static IObservable<TransferProgress> Told(this IObservable<TransferProgress> progress, CommandRun run) => Observable.Defer(() =>
    {
        TransitRoute? route = null;
        return progress.Do(now =>
        {
            if (now.Route is { } way && way != route)
                run.FrontEnd.Tell(new CliEvent.Route(route = way));
            run.FrontEnd.Tell(new CliEvent.Progress(now));
        });
    });
}
