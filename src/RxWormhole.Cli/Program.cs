using System.CommandLine;

namespace RxWormhole.Cli;

internal static class Program
{
    internal static async Task<int> Main(string[] args)
    {
        HeadStart.Begin(args);
        try
        {
            var parsed = CommandParser.Parse(CommandTree.Create(), args);
            // The server has no front end: it writes to a log.
            if (parsed.CommandResult.Command.Name != ServeCommand.Name && CommandParser.Problem(parsed) is { } problem)
                return Tell(args, problem);
            // Commands end on SIGINT and SIGTERM by themselves, and take the time that those who depend on them need.
            var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }).ConfigureAwait(false);
            return parsed.Errors.Count > 0 ? (int)ExitCode.Usage : code;
        }
        catch (FailedException failed)
        {
            return Tell(args, failed.Failure);
        }
    }

    // What cannot be parsed may still say who is to be told.
    private static int Tell(string[] args, Failure failure)
    {
        var frontEnd = FrontEnd.Of(new ClientSettings { Json = CommandWords.IsSet(CommandTree.Create(), args, ClientOptions.Json) });
        frontEnd.Tell(new CliEvent.Error(failure));
        (frontEnd as IDisposable)?.Dispose();
        return (int)failure.Kind;
    }
}
