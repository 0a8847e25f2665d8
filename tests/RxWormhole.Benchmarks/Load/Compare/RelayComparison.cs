namespace RxWormhole.Benchmarks.Load;

/// <summary>Our relay against the Python one, for one pair and for a hundred.</summary>
internal static class RelayComparison
{
    private const double Gib = 2;

    internal static async Task<Aim[]> RunAsync(OurServers ours, int rounds)
    {
        using var our = ours.Start("ours");
        using var python = PythonServers.StartRelay();
        Console.WriteLine($"  no relay: {await RelayLoad.RunPlainAsync(Gib)}");
        return [.. await CompareAsync(our, python, 1, rounds), .. await CompareAsync(our, python, 100, rounds)];
    }

    private static async Task<Aim[]> CompareAsync(LoadedServer our, LoadedServer python, int pairs, int rounds)
    {
        var results = new[] { our, python }.Select(_ => new RelayResult[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            results[0][round] = await MeasureAsync(our, pairs);
            results[1][round] = await MeasureAsync(python, pairs);
        }

        return
        [
            Aim.Ratio($"relay, pairs: {pairs}: MiB a second, to Python", Rates(results[0]), Rates(results[1]), 1.3, isLeast: true),
            Aim.Ratio($"relay, pairs: {pairs}: s of processor time a GiB, to Python", Cpu(results[0]), Cpu(results[1]), 0.6),
        ];
    }

    private static async Task<RelayResult> MeasureAsync(LoadedServer server, int pairs)
    {
        var result = await RelayLoad.RunAsync(server.Relay!, server.Figures, pairs, Gib);
        Console.WriteLine($"  {server.Name}: {result}");
        return result;
    }

    private static double[] Rates(RelayResult[] results) => [.. results.Select(each => each.MibPerSecond)];

    private static double[] Cpu(RelayResult[] results) => [.. results.Select(each => each.CpuPerGib!.Value)];
}
