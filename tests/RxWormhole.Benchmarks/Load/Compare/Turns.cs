namespace RxWormhole.Benchmarks.Load;

/// <summary>Mailbox servers measured in turns, each for a moment, again and again.</summary>
internal static class Turns
{
    private const int AtOnce = 16;

    // Long enough for the just-in-time compiler to have done its best, where there is one.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    /// <param name="slice">How long each turn is, in seconds.</param>
    /// <param name="rounds">How many turns each gets.</param>
    /// <param name="servers">The servers.</param>
    /// <returns>For each server what it did in each round.</returns>
    internal static async Task<MailboxResult[][]> RunAsync(double slice, int rounds, params LoadedServer[] servers)
    {
        foreach (var server in servers)
            await MailboxLoad.RunAsync(server.Mailbox!, server.Figures, AtOnce, int.MaxValue, WarmUp);
        var results = servers.Select(_ => new MailboxResult[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < servers.Length; i++)
            {
                results[i][round] = await MailboxLoad.RunAsync(servers[i].Mailbox!, servers[i].Figures, AtOnce, int.MaxValue, TimeSpan.FromSeconds(slice));
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
