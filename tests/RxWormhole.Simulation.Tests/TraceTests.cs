using System.Globalization;

namespace RxWormhole.Simulation.Tests;

/// <summary>One number is a world, whole and always the same.</summary>
public sealed class TraceTests
{
    [Test]
    public void SameSeed_GivesTheSameTrace_WhateverTheCultureAndTheThread()
    {
        var here = Enumerable.Range(0, 30).Select(Hash).ToArray();
        string[] there = [];
        var elsewhere = new Thread(() =>
        {
            CultureInfo.CurrentCulture = new CultureInfo("ar-SA");
            there = [.. Enumerable.Range(0, 30).Select(Hash)];
        });
        elsewhere.Start();
        elsewhere.Join();
        Assert.That(there, Is.EqualTo(here));
        Assert.That(here, Is.Unique);
    }

    [Test]
    public void TracedOrNot_TheWorldIsTheSame()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            using var traced = new SimulatedWorld(PlanDraw.Draw(seed), new Settings(), isTraced: true);
            var result = traced.Run();
            var untraced = Runner.Run(PlanDraw.Draw(seed), new Settings());
            Assert.That(
                (untraced.Messages, untraced.LinksCut, untraced.Polls, untraced.Faults, untraced.States),
                Is.EqualTo((result.Messages, result.LinksCut, result.Polls, result.Faults, result.States)),
                $"seed {seed}");
        }
    }

    private static string Hash(int seed)
    {
        using var world = new SimulatedWorld(PlanDraw.Draw(seed), new Settings(), isTraced: true);
        world.Run();
        return world.Trace!.Hash();
    }
}
