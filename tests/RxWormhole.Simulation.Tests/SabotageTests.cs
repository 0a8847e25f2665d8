namespace RxWormhole.Simulation.Tests;

/// <summary>A simulation that finds nothing proves nothing: every broken part is found out.</summary>
public sealed class SabotageTests
{
    private static IEnumerable<string> Names => Sabotage.All.Select(sabotage => sabotage.Name);

    [TestCaseSource(nameof(Names))]
    public void BrokenPart_IsFoundOut(string name)
    {
        var (worlds, first) = SabotageRun.WorldsUntilCaught(Sabotage.Find(name)!.Into(new Settings()), Environment.ProcessorCount);
        Assert.That(first, Is.Not.Null, $"{worlds} worlds");
        TestContext.Out.WriteLine($"{name}: {worlds} worlds, {string.Join("; ", first!.Violations)}");
    }

    [Test]
    public void Names_AreThoseThatWereAskedFor() => Assert.That(Names, Is.Unique.And.Contains("drop-dedupe").And.Exactly(22).Items);

    [Test]
    public void FailedWorld_IsMadeSmaller_AndFailsInTheSameWay()
    {
        var settings = Sabotage.Find("drop-dedupe")!.Into(new Settings());
        var (_, first) = SabotageRun.WorldsUntilCaught(settings, 1);
        var plan = PlanDraw.Draw(first!.Seed);
        var small = Shrinker.Shrink(plan, settings);
        Assert.That(Runner.Run(small, settings).Kinds.Intersect(first.Kinds), Is.Not.Empty);
        Assert.That(small.Faults.Length, Is.LessThanOrEqualTo(plan.Faults.Length));
        Assert.That(Size(small), Is.LessThan(Size(plan)));

        static int Size(WorldPlan world) => world.Faults.Length + world.Pairs.Sum(pair => pair.Parties.Sum(party => 1 + party.Messages));
    }

    [Test]
    public void FailedWorldOfTwoPairs_IsMadeSmallerToo()
    {
        var settings = Sabotage.Find("send-in-plain")!.Into(new Settings());
        var plan = Enumerable.Range(0, 200).Select(PlanDraw.Draw).First(world => world.Pairs.Length > 1 && world.Faults.Any(fault => fault.Victim.Length > 0) && Runner.Run(world, settings).IsFailed);
        Assert.That(Shrinker.Shrink(plan, settings).Pairs, Has.Length.EqualTo(1));
    }

    [Test]
    public void FailedWorld_IsToldWithItsSeedAndTheCommandThatReplaysIt()
    {
        var settings = Sabotage.Find("drop-dedupe")!.Into(new Settings());
        var (_, first) = SabotageRun.WorldsUntilCaught(settings, 1);
        using var text = new StringWriter();
        FailureReport.Write(text, first!, settings, new SimulationOptions(0, 1, 1) { Sabotage = "drop-dedupe" });
        Assert.That(text.ToString(), Does.Contain($"Seed {first!.Seed} failed")
            .And.Contain($"dotnet run --project tests/RxWormhole.Simulation -- --seeds 1 --first-seed {first.Seed} --sabotage drop-dedupe"));
    }
}
