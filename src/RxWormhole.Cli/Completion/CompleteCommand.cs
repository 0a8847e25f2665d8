using System.CommandLine;

namespace RxWormhole.Cli;

/// <summary><c>rxwormhole complete -- WORD…</c>: what the scripts ask. The last word is the one at the cursor.</summary>
/// <remarks>Prints a candidate a line. A line <c>:files</c> or <c>:folders</c> leaves it to the shell to complete those. It never complains: nobody would see where.</remarks>
internal static class CompleteCommand
{
    internal const string Name = "complete";

    internal static Command Create()
    {
        var words = new Argument<string[]>("WORD") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command(Name, "What completion scripts ask.") { words };
        command.Hidden = true;
        command.SetAction(async (parsed, _) =>
        {
            var root = parsed.RootCommandResult.Command;
            foreach (var candidate in new Completer(root, new Surroundings(), new CliWorld()).Complete(parsed.GetValue(words) ?? []))
                await parsed.InvocationConfiguration.Output.WriteAsync(candidate + "\n").ConfigureAwait(false);
            return (int)ExitCode.Success;
        });
        return command;
    }
}
