using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace RxWormhole.Simulation;

/// <summary>Runs every world of the matrix.</summary>
internal static class MatrixRun
{
    private const int MostShown = 5;

    internal static int Run(Settings settings, int threads)
    {
        var tally = new Tally();
        var failed = new ConcurrentQueue<WorldPlan>();
        var watch = Stopwatch.StartNew();
        Parallel.ForEach(
            Partitioner.Create(CutMatrix.Worlds(settings), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            plan =>
            {
                var result = Runner.Run(plan, settings);
                tally.Add(result);
                if (result.IsFailed)
                    failed.Enqueue(plan);
            });
        foreach (var plan in failed.Take(MostShown))
        {
            using var world = new SimulatedWorld(plan, settings, isTraced: true);
            var result = world.Run();
            Console.WriteLine($"{string.Join(" and ", plan.Pairs[0].Parties.Select(party => $"{party.Name} {party.Link}"))}: {string.Join(", ", plan.Cuts)} {string.Join(", ", plan.Faults)}");
            foreach (var violation in result.Violations)
                Console.WriteLine($"  {violation}");
            Console.WriteLine(world.Trace);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tally.Worlds / watch.Elapsed.TotalSeconds:F0} worlds a second on {threads} threads"));
        Console.WriteLine(tally.LastLine());
        return tally.Failed > 0 ? 1 : 0;
    }
}
