using System.Globalization;

namespace RxWormhole.Simulation;

/// <summary>The command.</summary>
internal static class Simulation
{
    private const int Passed = 0;
    private const int Failed = 1;
    private const int Unknown = 2;

    internal static int Run(SimulationOptions options)
    {
        var settings = new Settings { Rules = options.HasRealExchange ? SessionRules.Sound : new StandInRules() };
        if (options.Seeds < 1 || options.Threads < 1 || (options.HasRealExchange && options.Sabotage is not null))
        {
            Console.Error.WriteLine("There must be at least one world and one thread, and broken parts come with the stand-in for the key exchange.");
            return Unknown;
        }

        if (options.Sabotage == "list")
            return SabotageRun.List();
        if (options.Sabotage == "all")
            return SabotageRun.Run(settings, options.Threads);
        if (options.Sabotage is not null && Sabotage.Find(options.Sabotage) is null)
        {
            Console.Error.WriteLine($"There is no sabotage '{options.Sabotage}'; see --sabotage list.");
            return Unknown;
        }

        if (options.Sabotage is not null)
            settings = Sabotage.Find(options.Sabotage)!.Into(settings);
        if (options.IsExhaustive)
            return MatrixRun.Run(settings, options.Threads);
        if (options.PrintsHashes || options.PrintsTraces)
            return PrintTraces(options, settings);
        return RunRandom(options, settings);
    }

    private static int RunRandom(SimulationOptions options, Settings settings)
    {
        var (tally, took) = Runner.Run(options.FirstSeed, options.Seeds, settings, options.Threads);
        foreach (var failure in tally.Failures)
            FailureReport.Write(Console.Out, failure, settings, options);
        foreach (var line in tally.Averages())
            Console.WriteLine(line);
        string[] shortcomings = options.IsStrict ? [.. tally.Shortcomings()] : [];
        foreach (var line in shortcomings)
            Console.WriteLine(line);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tally.Worlds / took.TotalSeconds:F0} worlds a second on {options.Threads} threads, {Environment.CpuUsage.TotalTime.TotalMilliseconds / tally.Worlds:F2} ms of processor time and {GC.GetTotalAllocatedBytes() / 1024.0 / tally.Worlds:F0} KiB for each"));
        Console.WriteLine(tally.LastLine());
        return tally.Failed > 0 || shortcomings.Length > 0 ? Failed : Passed;
    }

    private static int PrintTraces(SimulationOptions options, Settings settings)
    {
        var hasFailed = false;
        for (var seed = options.FirstSeed; seed < options.FirstSeed + options.Seeds; seed++)
        {
            using var world = new SimulatedWorld(PlanDraw.Draw(seed), settings, isTraced: true);
            var result = world.Run();
            hasFailed |= result.IsFailed;
            Console.WriteLine(options.PrintsTraces ? $"{seed}\n{world.Trace}" : $"{seed} {world.Trace!.Hash()}");
            foreach (var violation in options.PrintsTraces ? result.Violations : [])
                Console.WriteLine(violation);
        }

        return hasFailed ? Failed : Passed;
    }
}
