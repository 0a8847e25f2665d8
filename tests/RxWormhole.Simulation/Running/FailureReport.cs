namespace RxWormhole.Simulation;

/// <summary>Tells of a world that failed: its seed, the smallest world that fails in the same way, what happens in that, and how to see it again.</summary>
internal static class FailureReport
{
    internal static void Write(TextWriter to, WorldResult failure, Settings settings, SimulationOptions options)
    {
        to.WriteLine($"Seed {failure.Seed} failed:");
        foreach (var violation in failure.Violations)
            to.WriteLine($"  {violation}");
        var small = Shrinker.Shrink(PlanDraw.Draw(failure.Seed), settings);
        using var world = new SimulatedWorld(small, settings, isTraced: true);
        var result = world.Run();
        to.WriteLine("The smallest world found that fails like it:");
        to.WriteLine($"  {small.Servers} servers, durable after {small.CommitDelay.TotalMilliseconds:0.#} ms{(small.KeepsLong ? ", mailboxes are kept for days" : "")}");
        foreach (var pair in small.Pairs)
        {
            to.WriteLine($"  {pair.Meeting}{(pair.FileLength is { } length ? $", a file of {length} bytes" : "")}");
            foreach (var party in pair.Parties)
                to.WriteLine($"    {party}");
        }

        foreach (var fault in small.Faults)
            to.WriteLine($"  {fault}{(world.World.Struck.Contains(fault) ? "" : " (does not come about)")}");
        foreach (var violation in result.Violations)
            to.WriteLine($"  {violation}");
        to.WriteLine("What happens in it:");
        to.WriteLine(world.Trace);
        to.WriteLine($"See it again: dotnet run --project tests/RxWormhole.Simulation -- --seeds 1 --first-seed {failure.Seed}{(options.Sabotage is null ? "" : $" --sabotage {options.Sabotage}")}{(options.HasRealExchange ? " --spake2" : "")}");
    }
}
