using System.CommandLine;

namespace RxWormhole.Cli;

internal static class Program
{
    internal static Task<int> Main(string[] args)
    {
        var root = new RootCommand("Magic Wormhole: two programs that share nothing but a short code meet, and move what they have.") { ServeCommand.Create() };
        // The host ends on SIGINT and SIGTERM by itself, and takes the time that its clients need.
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }
}
