using System.Collections.Concurrent;
using System.Diagnostics;

namespace RxWormhole.Interop.Tests.Faults;

/// <summary>Runs sessions with faults, many at the same time.</summary>
internal static class FaultRun
{
    private const int AtOnce = 16;

    // Those only wait.
    private const int StalledAtOnce = 100;

    /// <summary>Fails with whatever did not end as it should.</summary>
    /// <returns>At how many different offsets sessions were hurt.</returns>
    internal static async Task<int> AssertAllAsync(Uri server, IReadOnlyCollection<FaultPoint> points)
    {
        var problems = new ConcurrentBag<string>();
        var offsets = new ConcurrentDictionary<(FaultKind, Direction, long), bool>();
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(points, new ParallelOptions { MaxDegreeOfParallelism = points.All(point => point.Faults[0].Kind == FaultKind.Stall) ? StalledAtOnce : AtOnce }, async (point, _) =>
        {
            using var session = new FaultySession(server, point);
            if (await session.RunAsync() is { } problem)
                problems.Add(problem);
            foreach (var (fault, offset) in session.Proxy.Hits)
                offsets.TryAdd((fault.Kind, fault.Direction, offset), true);
        });
        await TestContext.Out.WriteLineAsync($"{points.Count} sessions hurt at {offsets.Count} different offsets in {clock.Elapsed.TotalSeconds:F1} s");
        Assert.That(problems, Is.Empty, string.Join("\n", problems));
        return offsets.Count;
    }

    /// <summary>How many frames there are in a session that nothing happens to, up and down.</summary>
    internal static async Task<(int Up, int Down)> CountFramesAsync(Uri server, FaultPoint point)
    {
        // Spots that are never found, but see everything.
        var (up, down) = (new Counting(), new Counting());
        using var session = new FaultySession(server, point with { Faults = [new Fault(FaultKind.Delay, Direction.Up, up), new Fault(FaultKind.Delay, Direction.Down, down)] });
        await session.RunAsync();
        return (up.Frames, down.Frames);
    }

    private sealed record Counting : Spot
    {
        private readonly WireMap map = new();

        internal int Frames => map.Frame + 1;

        internal override Func<byte, bool> Finder() => next =>
        {
            map.Feed(next);
            return false;
        };
    }
}
