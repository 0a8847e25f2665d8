namespace RxWormhole.Benchmarks.Load;

/// <summary>The load tool: drives servers from outside, any by its address, or all of them against each other.</summary>
internal static class LoadCommand
{
    private const string Help =
        """
        load mailbox URL [--at-once 16] [--exchanges 1000] [--pid PID]          complete exchanges against a mailbox server
        load idle URL --pid PID [--connections 5000]                            memory of a connection that is bound, open and idle
        load relay HOST:PORT [--pairs 1] [--gib 4] [--pid PID]                  bytes through a transit relay
        load compare [NAME ...] [--server FILE] [--rounds 3]                    every aim: ours, the Python servers and a bare endpoint in turns
        load host --mailbox HOST:PORT --relay HOST:PORT --db memory|FILE        our server in this program, until standard input ends
        load bare                                                               the bare endpoint, until standard input ends
        """;

    internal static async Task<int> RunAsync(string[] words)
    {
        try
        {
            return words switch
            {
                ["mailbox", .. var rest] => await MailboxLoad.CommandAsync(new(rest, "--at-once", "--exchanges", "--pid")),
                ["idle", .. var rest] => await IdleLoad.CommandAsync(new(rest, "--connections", "--pid")),
                ["relay", .. var rest] => await RelayLoad.CommandAsync(new(rest, "--pairs", "--gib", "--pid")),
                ["compare", .. var rest] => await Comparison.CommandAsync(new(rest, "--server", "--rounds")),
                ["host", .. var rest] => await HostCommand.RunAsync(new(rest, "--mailbox", "--relay", "--db")),
                ["bare"] => await HostCommand.RunBareAsync(),
                _ => throw new LoadException(Help),
            };
        }
        catch (LoadException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
    }
}
