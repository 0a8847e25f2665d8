using System.Reactive.Linq;
using Microsoft.Reactive.Testing;

namespace RxWormhole.Benchmarks.Aims;

/// <summary>What one side of a session holds while nothing happens: no server, no transcript, but its timers on the clock.</summary>
internal static class MemoryAim
{
    private const int Sides = 1000;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    internal static bool Run()
    {
        foreach (var mode in new[] { LinkMode.Push, LinkMode.Poll })
        {
            Report($"side, waiting, {mode}", mode, Wait);
            Report($"side, paired, {mode}", mode, Pair);
        }

        return true;
    }

    private static void Report(string what, LinkMode mode, Action<Func<Wormhole>> begin)
    {
        Measure(mode, begin);
        Console.WriteLine($"{what,-28} {Measure(mode, begin) / 1024,9:F1} KiB held   no aim; a prototype held 22");
    }

    private static double Measure(LinkMode mode, Action<Func<Wormhole>> begin)
    {
        var clock = new TestScheduler();
        var server = new QuietServer(clock);
        var sides = new List<Wormhole>(Sides);
        var options = new WormholeOptions
        {
            AppId = TwoSides.AppId,
            Connector = server,
            Scheduler = clock,
            Mode = mode,
            Schedule = PollingSchedule.Patient,
            Timeout = TimeSpan.FromDays(1),
        };
        var before = GC.GetTotalMemory(forceFullCollection: true);
        while (sides.Count < Sides)
        {
            begin(() =>
            {
                sides.Add(Wormhole.Create(options));
                return sides[^1];
            });
            clock.AdvanceBy(Settling.Ticks);
        }

        server.Forget();
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        foreach (var side in sides)
            side.Dispose();
        return (double)held / Sides;
    }

    private static void Wait(Func<Wormhole> make) => make().AllocateCode().Subscribe();

    private static void Pair(Func<Wormhole> make) => make().AllocateCode().SelectMany(code => make().SetCode(code)).Subscribe();
}
