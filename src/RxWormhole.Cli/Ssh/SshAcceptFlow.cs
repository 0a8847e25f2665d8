using System.Reactive;
using System.Reactive.Linq;

namespace RxWormhole.Cli;

/// <summary>Sends a public key to whoever made the code. Which one, and whether, is settled before anybody is called.</summary>
internal static class SshAcceptFlow
{
    /// <param name="wormhole">The wormhole.</param>
    /// <param name="run">The run.</param>
    /// <param name="path">Where the key is: see <see cref="PublicKeyFiles"/>.</param>
    internal static IObservable<Unit> Run(Wormhole wormhole, CommandRun run, string path) =>
        from key in PublicKeyFiles.Choose(run, path)
        from agreed in Confirm(run, key)
        from code in CodeFlow.Known(wormhole, run, sends: true)
        from _ in VerifierFlow.Compare(wormhole, run)
        from sent in wormhole.SendText(key + "\n")
        select Tell(run, key);

    private static IObservable<Unit> Confirm(CommandRun run, PublicKey key)
    {
        run.FrontEnd.Tell(new CliEvent.Note($"Sending the public key {key.Type} {key.Fingerprint} {key.Comment}".TrimEnd()));
        if (run.Settings.Yes)
            return Observable.Return(Unit.Default);
        return run.FrontEnd.Ask(Question.YesNo("confirm", "Really send this public key?", usual: false)).Select(answer =>
            answer == Question.Yes ? Unit.Default : throw new FailedException(ExitCode.Rejected, "The key was not sent.", "Another one is named with --key-file."));
    }

    private static Unit Tell(CommandRun run, PublicKey key)
    {
        run.FrontEnd.Tell(new CliEvent.Done($"key sent: {key.Fingerprint}"));
        return Unit.Default;
    }
}
