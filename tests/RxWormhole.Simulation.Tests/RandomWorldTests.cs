namespace RxWormhole.Simulation.Tests;

/// <summary>A small fixed set of what <c>.ci/simulate</c> runs by the thousand.</summary>
public sealed class RandomWorldTests
{
    private const int Worlds = 400;

    [Test]
    public void FixedSeeds_NoWorldBreaksAPromise()
    {
        var (tally, _) = Runner.Run(0, Worlds, new Settings(), Environment.ProcessorCount);
        Assert.That(tally.Failures.SelectMany(failure => failure.Violations.Select(violation => $"{failure.Seed}: {violation}")), Is.Empty);
        Assert.That(tally.Worlds, Is.EqualTo(Worlds));
        TestContext.Out.WriteLine(tally.LastLine());
    }

    [Test]
    public void RealKeyExchange_NoWorldBreaksAPromise()
    {
        var (tally, _) = Runner.Run(0, 60, new Settings { Rules = SessionRules.Sound }, Environment.ProcessorCount);
        Assert.That(tally.Failures, Is.Empty);
    }

    [Test]
    public void PlainSession_AnyOneCutOfEitherLinkAndAnyCrashOfTheServer_EndsRight()
    {
        var settings = new Settings();
        var worlds = CutMatrix.Worlds(settings).Where(world => world.Cuts.Length < 2).ToArray();
        Assert.That(worlds, Has.Length.GreaterThan(600));
        foreach (var world in worlds)
            Assert.That(Runner.Run(world, settings).Violations, Is.Empty, () => $"{string.Join(", ", world.Cuts)} {string.Join(", ", world.Faults)}");
    }

    [Test]
    public void LastLine_IsAsPromised() => Assert.That(
        Runner.Run(0, 3, new Settings(), 1).Tally.LastLine(),
        Does.Match(@"^3 worlds, 0 failed, \d+ sessions, \d+ links cut, \d+ restores, \d+ server crashes, \d+ polls, \d+ transfers, \d+ messages, coverage \d+/\d+ states \d+/\d+ faults$"));
}
