using System.Diagnostics;

namespace RxWormhole.Simulation;

/// <summary>Runs worlds on several threads, each world on one.</summary>
internal static class Runner
{
    // What is awaited goes on inline, however deep; another thread than the world's would go on with it where the stack ends.
    private const int StackSize = 16 << 20;

    internal static (Tally Tally, TimeSpan Took) Run(int first, int count, Settings settings, int threads)
    {
        var tally = new Tally();
        var next = first - 1;
        var watch = Stopwatch.StartNew();
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(Work, StackSize)).ToArray();
        foreach (var worker in workers)
            worker.Start();
        foreach (var worker in workers)
            worker.Join();
        return (tally, watch.Elapsed);

        void Work()
        {
            while (Interlocked.Increment(ref next) is var seed && seed < first + count)
                tally.Add(Run(PlanDraw.Draw(seed), settings));
        }
    }

    internal static WorldResult Run(WorldPlan plan, Settings settings)
    {
        using var world = new SimulatedWorld(plan, settings);
        return world.Run();
    }
}
