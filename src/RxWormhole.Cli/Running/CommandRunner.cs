using System.Reactive;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using RxWormhole.Protocol;

namespace RxWormhole.Cli;

/// <summary>Runs what a command does over a wormhole, and closes the wormhole whatever comes of it.</summary>
internal static class CommandRunner
{
    // Somebody who pressed Ctrl-C gets the terminal back within two seconds, and the process needs some of that to end.
    private static readonly TimeSpan Haste = TimeSpan.FromSeconds(1.5);

    /// <param name="run">The run.</param>
    /// <param name="flow">What the command does; it ends with the last thing that has to be done.</param>
    /// <param name="interrupted">Says when somebody wants it to end.</param>
    internal static async Task<ExitCode> RunAsync(CommandRun run, Func<Wormhole, CommandRun, IObservable<Unit>> flow, IObservable<Unit> interrupted)
    {
        var frontEnd = new OrderlyFrontEnd(run.FrontEnd);
        run = run with { FrontEnd = frontEnd };
        var wormhole = Wormhole.Create(SessionOptions.Of(run));
        var hasPaired = false;
        using var status = wormhole.Status.Subscribe(now =>
        {
            hasPaired |= now.Stage == WormholeStage.Paired;
            run.FrontEnd.Tell(new CliEvent.Status(now));
        });
        using var motd = wormhole.Welcome.Where(welcome => !string.IsNullOrWhiteSpace(welcome.Motd))
            .Subscribe(welcome => run.FrontEnd.Tell(new CliEvent.Motd(run.Settings.Mailbox, welcome.Motd!)), static _ => { });
        try
        {
            await Observable.Defer(() => flow(wormhole, run)).OrInterrupted(interrupted).LastOrDefaultAsync().ToTask().ConfigureAwait(false);
            await wormhole.Close().OrInterrupted(interrupted).Materialize().ToTask().ConfigureAwait(false);
            return ExitCode.Success;
        }
        catch (OperationCanceledException exception)
        {
            // What is done is done, however late it was interrupted.
            await wormhole.Close(frontEnd.IsDone || !hasPaired ? null : Mood.Errory).Timeout(Haste, Observable.Empty<CloseResult>(), run.World.Scheduler).LastOrDefaultAsync().ToTask().ConfigureAwait(false);
            return frontEnd.IsDone ? ExitCode.Success : Tell(run, exception, hasPaired);
        }
        catch (Exception exception)
        {
            // It is told first: closing may take a while.
            var code = Tell(run, exception, hasPaired);
            await wormhole.Close(MoodOf(exception, hasPaired)).OrInterrupted(interrupted).Materialize().ToTask().ConfigureAwait(false);
            return code;
        }
        finally
        {
            wormhole.Dispose();
        }
    }

    // A session that failed has its mood already.
    private static Mood? MoodOf(Exception exception, bool hasPaired) => exception switch
    {
        FailedException { Failure.Kind: ExitCode.WrongCode } => Mood.Scary,
        _ => hasPaired ? Mood.Errory : null,
    };

    private static ExitCode Tell(CommandRun run, Exception exception, bool hasPaired)
    {
        var failure = Failures.Of(exception, run.Settings, hasPaired);
        run.FrontEnd.Tell(new CliEvent.Error(failure));
        return failure.Kind;
    }

    // What is going on is left before anything is told: a question is taken back, a transfer is cancelled.
    private static IObservable<T> OrInterrupted<T>(this IObservable<T> source, IObservable<Unit> interrupted) => interrupted
        .Select(_ => Notification.CreateOnError<T>(new OperationCanceledException("Interrupted.")))
        .Select(Observable.Return)
        .StartWith(source.Materialize())
        .Switch()
        .Dematerialize();
}
