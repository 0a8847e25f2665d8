using System.CommandLine;

namespace RxWormhole.Cli;

/// <summary><c>rxwormhole help</c>, which the Python client has, too.</summary>
internal static class HelpCommand
{
    internal static Command Create()
    {
        var of = new Argument<string[]>("COMMAND") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("help", "Shows what there is, or what a command can do.") { of };
        command.SetAction((parsed, cancellationToken) => parsed.RootCommandResult.Command
            .Parse([.. parsed.GetValue(of) ?? [], "--help"])
            .InvokeAsync(parsed.InvocationConfiguration, cancellationToken));
        return command;
    }
}
