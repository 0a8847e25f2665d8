using System.CommandLine;

namespace RxWormhole.Cli;

internal static class Program
{
    internal static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("Magic Wormhole: two programs that share nothing but a short code meet, and move what they have.") { ServeCommand.Create() };
        // The host ends on SIGINT and SIGTERM by itself, and takes the time that its clients need.
        var parsed = root.Parse(args);
        var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }).ConfigureAwait(false);
        return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
    }
}
