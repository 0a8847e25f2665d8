using System.Reactive;
using System.Reactive.Linq;

namespace RxWormhole.Cli;

/// <summary>Lets people compare verifiers where they want to.</summary>
internal static class VerifierFlow
{
    internal static IObservable<Unit> Compare(Wormhole wormhole, CommandRun run) => !run.Settings.Verify ? Observable.Return(Unit.Default) :
        from verifier in wormhole.Verifier.Do(value => run.FrontEnd.Tell(new CliEvent.Verifier(value)))
        from answer in run.FrontEnd.Ask(Question.YesNo("verifier", "Does the other side show the same?", usual: null))
        select answer == Question.Yes ? Unit.Default : throw new FailedException(
            ExitCode.WrongCode, "The verifiers differ: somebody may be in between. Nothing was sent.", "Agree on a new, longer code with --code-length, and over another way.");
}
