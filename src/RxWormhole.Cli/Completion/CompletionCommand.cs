using System.CommandLine;

namespace RxWormhole.Cli;

/// <summary><c>rxwormhole completion</c>: a script for a shell.</summary>
internal static class CompletionCommand
{
    internal static readonly Argument<string> Shell = new("SHELL") { Description = "bash, zsh, fish or pwsh." };

    internal static Command Create()
    {
        var command = new Command("completion", "Prints a script that makes a shell complete commands, options, files and codes.") { Shell };
        command.SetAction((parsed, _) => LocalCommand.RunAsync(parsed, () => CompletionScript.Of(parsed.GetValue(Shell)!)));
        return command;
    }
}
