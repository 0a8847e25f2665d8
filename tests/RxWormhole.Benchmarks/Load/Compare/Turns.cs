namespace RxWormhole.Benchmarks.Load;

/// <summary>Mailbox servers measured in turns, each for a moment, again and again.</summary>
internal static class Turns
{
    private const int AtOnce = 16;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(2.5);

    /// <returns>For each server what it did in each round.</returns>
    internal static async Task<MailboxResult[][]> RunAsync(int rounds, params LoadedServer[] servers)
    {
        foreach (var server in servers)
            await MailboxLoad.RunAsync(server.Mailbox!, server.Figures, AtOnce, int.MaxValue, WarmUp);
        var results = servers.Select(_ => new MailboxResult[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < servers.Length; i++)
            {
                results[i][round] = await MailboxLoad.RunAsync(servers[i].Mailbox!, servers[i].Figures, AtOnce, int.MaxValue, Slice);
                Console.WriteLine($"  {servers[i].Name}: {results[i][round]}");
            }
        }

        return results;
    }

    internal static double[] Rates(this MailboxResult[] results) => [.. results.Select(each => each.PerSecond)];

    internal static double[] Cpu(this MailboxResult[] results) => [.. results.Select(each => each.ServerCpu!.Value)];

    internal static double[] Medians(this MailboxResult[] results) => [.. results.Select(each => each.Median)];

    internal static double[] P99s(this MailboxResult[] results) => [.. results.Select(each => each.P99)];
}
