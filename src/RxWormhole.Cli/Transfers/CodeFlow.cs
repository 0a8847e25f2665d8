using System.Reactive;
using System.Reactive.Linq;

namespace RxWormhole.Cli;

/// <summary>Gets a wormhole its code, and tells whoever has to tell the other side.</summary>
internal static class CodeFlow
{
    // Zero mode of the Python client.
    private const string NoCode = "0-";

    private static readonly Failure NoInput = new(ExitCode.Usage, "There is no code: standard input has ended.", $"Give the code as an argument, or in the environment as {GivenCode.Variable}.");

    /// <param name="wormhole">The wormhole.</param>
    /// <param name="run">The run.</param>
    /// <param name="isSender">Whether we send.</param>
    /// <param name="allocates">Whether the code is made here where none is given; otherwise it is asked for.</param>
    internal static IObservable<Unit> Give(Wormhole wormhole, CommandRun run, bool isSender, bool allocates)
    {
        var isNew = allocates && run.Settings is { Zero: false, Code: null };
        var code = run.Settings.Zero ? wormhole.SetCode(NoCode) : isNew ? wormhole.AllocateCode(run.Settings.CodeLength) : Known(wormhole, run, isSender);
        return code.Do(known => Tell(run, known, isSender, isNew)).Select(_ => Unit.Default);
    }

    /// <summary>Takes the code that was given, or asks for it. The wormhole has it then.</summary>
    /// <param name="wormhole">The wormhole.</param>
    /// <param name="run">The run.</param>
    /// <param name="sends">Whether we send.</param>
    internal static IObservable<string> Known(Wormhole wormhole, CommandRun run, bool sends) => run.Settings.Code switch
    {
        null => run.FrontEnd.EnterCode(wormhole, new CodeRequest(run.Settings.CodeLength, sends, run.Settings.Mailbox)).OrEnded(NoInput),
        StandardStream.Word => run.FrontEnd.AskText("Code").OrEnded(NoInput).SelectMany(typed => Set(wormhole, run, typed, sends)),
        var code => Set(wormhole, run, code, sends),
    };

    private static IObservable<string> Set(Wormhole wormhole, CommandRun run, string typed, bool sends) =>
        wormhole.SetCode(GivenCode.Read(typed, sends, run.Settings.Mailbox).Text);

    private static void Tell(CommandRun run, string code, bool isSender, bool isNew) => run.FrontEnd.Tell(new CliEvent.Code(
        code,
        isNew,
        OtherSide.Link(run.Settings, code, sends: !isSender),
        isSender ? OtherSide.Receives(run.Settings, code) : OtherSide.Sends(run.Settings, code)));
}
