using System.CommandLine;

namespace RxWormhole.Cli;

internal static class Program
{
    internal static async Task<int> Main(string[] args)
    {
        HeadStart.Begin(args);
        var parsed = CommandTree.Create().Parse(args);
        // Commands end on SIGINT and SIGTERM by themselves, and take the time that those who depend on them need.
        var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }).ConfigureAwait(false);
        return parsed.Errors.Count > 0 ? (int)ExitCode.Usage : code;
    }
}
