using System.Collections.Immutable;
using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>The plain session, with everything that can be done to it in one place or two: its links cut behind every frame, and the server crashed behind every command.</summary>
internal static class CutMatrix
{
    private const string Alice = "alice";
    private const string Bob = "bob";

    private static readonly LinkKind[] Kinds = [LinkKind.Push, LinkKind.Poll];
    private static readonly TimeSpan[] CommitDelays = [TimeSpan.Zero, TimeSpan.FromMilliseconds(7)];

    /// <summary>Every world of the matrix. How far the second cut can go is known when the world with the first one has been run, so worlds are run on the way.</summary>
    internal static IEnumerable<WorldPlan> Worlds(Settings settings)
    {
        foreach (var alice in Kinds)
        {
            foreach (var bob in Kinds)
            {
                foreach (var world in CutsOf(Plain(alice, bob), settings))
                    yield return world;
                foreach (var delay in CommitDelays)
                {
                    foreach (var world in CrashesOf(Plain(alice, bob) with { CommitDelay = delay }, settings))
                        yield return world;
                }
            }
        }
    }

    /// <summary>A code is allocated and set, both wait for the verifier, two messages go each way, both close.</summary>
    internal static WorldPlan Plain(LinkKind alice, LinkKind bob) => new(
        0,
        [new PairPlan(0, MeetingKind.AllocateThenSet, [new PartyPlan(Alice) { Link = alice, Messages = 2 }, new PartyPlan(Bob) { Link = bob, Messages = 2, TakesOneByOne = true }])],
        []);

    private static IEnumerable<WorldPlan> CutsOf(WorldPlan plain, Settings settings)
    {
        yield return plain;
        var alone = Frames(plain, settings)[0].Frames;
        foreach (var first in CutsFrom(plain, settings, _ => 1))
        {
            yield return first;
            // Each pair once: the second cut of the same party lies behind the first, and bob's is the second of two parties', unless alice has the frame only because of it.
            var (party, frame) = first.Cuts[0];
            foreach (var second in CutsFrom(first, settings, name => name == party ? frame + 1 : party == Alice ? 1 : alone + 1))
                yield return second;
        }
    }

    private static IEnumerable<WorldPlan> CutsFrom(WorldPlan plan, Settings settings, Func<string, int> from)
    {
        var frames = Frames(plan, settings);
        foreach (var (party, count) in frames)
        {
            for (var frame = from(party); frame <= count; frame++)
                yield return plan with { Cuts = plan.Cuts.Add(new FrameCut(party, frame)) };
        }
    }

    private static IEnumerable<WorldPlan> CrashesOf(WorldPlan plain, Settings settings)
    {
        var count = Frames(plain, settings).Sum(each => each.Frames);
        for (var frame = 1; frame <= count; frame++)
            yield return plain with { Faults = [new WorldFault(WorldFaultKind.ServerCrash, "", frame, TimeSpan.FromSeconds(1))] };
    }

    private static ImmutableArray<(string Party, int Frames)> Frames(WorldPlan plan, Settings settings)
    {
        using var world = new SimulatedWorld(plan, settings);
        world.Run();
        return [.. new[] { Alice, Bob }.Select(name => (name, world.World.Server.Client(name).Frames))];
    }
}
