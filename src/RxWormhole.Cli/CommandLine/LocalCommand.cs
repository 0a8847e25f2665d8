using System.CommandLine;

namespace RxWormhole.Cli;

/// <summary>Runs a command that meets nobody: it prints an answer, or tells what is wrong.</summary>
internal static class LocalCommand
{
    internal static async Task<int> RunAsync(ParseResult parsed, Func<string> answer)
    {
        try
        {
            await parsed.InvocationConfiguration.Output.WriteAsync(answer()).ConfigureAwait(false);
            return (int)ExitCode.Success;
        }
        catch (FailedException failed)
        {
            var frontEnd = FrontEnd.Of(new ClientSettings { Json = parsed.GetValue(ClientOptions.Json) });
            frontEnd.Tell(new CliEvent.Error(failed.Failure));
            (frontEnd as IDisposable)?.Dispose();
            return (int)failed.Failure.Kind;
        }
    }
}
