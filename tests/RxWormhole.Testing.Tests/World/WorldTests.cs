using System.Reactive.Linq;

namespace RxWormhole.Testing.Tests;

/// <summary>The world as a whole: how it runs, what it says, what it refuses.</summary>
public sealed class WorldTests : WorldFixture
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Test]
    public void Run_EndsWhenAllProgramsAreDone()
    {
        var world = Talking();
        world.Run();
        Assert.That(world.Elapsed, Is.InRange(3 * Second, 4 * Second));
        BothHeard(world);
        world.Settle(Second);
        Assert.That(world.LeftBehind, Is.Empty);
        Assert.That(world.Frames, Is.EqualTo(world.Processes.Sum(process => process.Client.Frames)));
    }

    [Test]
    public void Run_OfNobody_IsOverAtOnce()
    {
        var world = NewWorld();
        world.Run();
        Assert.That(world.Elapsed, Is.EqualTo(TimeSpan.Zero));
        Assert.That(world.Describe("what"), Is.EqualTo("what\nSeed 1. Faults: none\n"));
    }

    [Test]
    public void Run_OfMoreProcesses_GoesOn()
    {
        var world = NewWorld();
        var late = new List<string>();
        Task Late(VirtualProcess process)
        {
            late.Add(process.Name);
            return Task.CompletedTask;
        }

        world.AddProcess("alice", async process =>
        {
            world.AddProcess("bob", Late);
            await Observable.Timer(Second, process.Clock);
        });
        world.Run();
        world.AddProcess("carol", Late);
        world.Run();
        Assert.That(late, Is.EqualTo(new[] { "bob", "carol" }));
    }

    [Test]
    public void NotDoneInTime_SaysWhoAndHowToSeeItAgain()
    {
        var world = Talking(seed: 4711);
        var fault = new WorldFault(WorldFaultKind.Cut, "bob", 20);
        world.Inject(fault);
        world.Inject(new WorldFault(WorldFaultKind.Cut, "bob", 5_000));
        var thrown = Assert.Throws<WorldException>(() => world.Run(2 * Second))!;
        Assert.That(thrown.Message, Does.StartWith("alice was not done in time; bob was not done in time\nSeed 4711. Faults:\n  Cut of bob after frame 20\n  Cut of bob after frame 5000 (did not come about)\n"));
        Assert.That(thrown.Message, Does.Contain("alice    → allocate").And.Contain("bob      link 1 cut"));
        Assert.That(thrown.InnerException, Is.Null);
        Assert.That((world.Elapsed, world.Struck.Single()), Is.EqualTo((2 * Second, fault)));
        world.Run();
        BothHeard(world);
    }

    [Test]
    public void WhatThrowsOnTheClock_ComesOutWithTheSeed()
    {
        var world = NewWorld(seed: 12);
        world.AddProcess("alice", async process =>
        {
            Observable.Timer(Second, process.Clock).Subscribe(_ => throw new FormatException("odd"));
            await Observable.Timer(2 * Second, process.Clock);
        });
        Assert.That(() => world.Run(), Throws.TypeOf<WorldException>().With.InnerException.TypeOf<FormatException>()
            .And.Message.StartsWith("FormatException on the clock: odd\nSeed 12."));
        world.Run();
        Assert.That(world.Elapsed, Is.EqualTo(2 * Second));
    }

    [Test]
    public void RunsOfAClockThatRuns_AreRefused()
    {
        var world = NewWorld();
        world.AddProcess("alice", process =>
        {
            Assert.That(() => world.Run(), Throws.InvalidOperationException);
            Assert.That(() => world.Settle(Second), Throws.InvalidOperationException);
            return Task.CompletedTask;
        });
        world.Run();
    }

    [Test]
    public void LeftBehind_NamesWhatIsLeft()
    {
        var world = NewWorld();
        world.AddProcess("alice", async process =>
        {
            var options = process.Options(AppId);
            var wormhole = process.Open(options);
            await wormhole.AllocateCode();
            options.Transit.Connector.Listen(TransitPorts.Only(5000)).Subscribe();
        });
        world.Run();
        world.Settle(Second);
        Assert.That(world.LeftBehind, Has.Some.EqualTo("alice: open links: 1").And.Some.Contains("nameplate").And.Some.Contains("mailbox")
            .And.Some.EqualTo("alice: listens on 5000").And.Some.Contains("items on its clock"));
        world.Dispose();
        Assert.That(world.LeftBehind, Has.None.Contains("open links"), "the wormhole was disposed of");
    }

    [Test]
    public void Servers_KnowNothingOfEachOther()
    {
        var world = NewWorld();
        var second = world.AddServer();
        var codes = new List<string>();
        foreach (var (name, server) in new[] { ("alice", world.Server), ("bob", second) })
        {
            world.AddProcess(name, async process =>
            {
                using var wormhole = process.Open(AppId);
                codes.Add(await wormhole.AllocateCode());
                await wormhole.Close();
            }, server);
        }

        world.Run();
        Assert.That(world.Servers, Is.EqualTo(new[] { world.Server, second }));
        Assert.That((world.Server.Client("bob").Frames, second.Client("alice").Frames), Is.EqualTo((0, 0)));
        Assert.That(second.Client("bob").Frames, Is.Positive);
        Assert.That(codes, Has.Count.EqualTo(2).And.Unique);
    }

    [Test]
    public void SameSeed_SameWorld([Values(1, 2, 3)] int seed)
    {
        var (one, again, another) = (Story(seed), Story(seed), Story(seed + 1));
        Assert.That(again, Is.EqualTo(one));
        Assert.That(another, Is.Not.EqualTo(one));
    }

    [Test]
    public void SomethingHasToBeThere()
    {
        var world = Talking();
        Assert.That(() => world.AddProcess(null!, _ => Task.CompletedTask), Throws.ArgumentNullException);
        Assert.That(() => world.AddProcess("", _ => Task.CompletedTask), Throws.ArgumentException);
        Assert.That(() => world.AddProcess("carol", null!), Throws.ArgumentNullException);
        Assert.That(() => world.AddProcess("Alice", _ => Task.CompletedTask), Throws.ArgumentException.With.Message.Contains("'Alice' already"));
        Assert.That(() => world.AddProcess("relay.invalid", _ => Task.CompletedTask), Throws.ArgumentException.With.Message.Contains("relay"));
        Assert.That(() => world.AddProcess("carol", _ => Task.CompletedTask, NewWorld().Server), Throws.ArgumentException.With.Message.Contains("AddServer"));
        Assert.That(() => world.AddServer(new VirtualRendezvousOptions { Latency = TimeSpan.Zero }), Throws.ArgumentException);
        Assert.That(() => world.Describe(null!), Throws.ArgumentNullException);
        Assert.That(() => world.Settle(-Second), Throws.TypeOf<ArgumentOutOfRangeException>());
        foreach (var limit in new[] { TimeSpan.Zero, -Second, TimeSpan.MaxValue })
            Assert.That(() => world.Run(limit), Throws.TypeOf<ArgumentOutOfRangeException>());
        foreach (var options in new[]
        {
            new VirtualWorldOptions { Server = null! }, new VirtualWorldOptions { Network = null! },
            new VirtualWorldOptions { Server = new VirtualRendezvousOptions { Latency = TimeSpan.Zero } },
            new VirtualWorldOptions { Network = new VirtualNetworkOptions { Latency = TimeSpan.Zero } },
        })
        {
            Assert.That(() => new VirtualWorld(1, options), Throws.ArgumentException);
        }
    }

    [Test]
    public void Disposed_StartsNothing()
    {
        var world = Talking();
        world.Dispose();
        world.Dispose();
        Assert.That(() => world.Run(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => world.AddProcess("carol", _ => Task.CompletedTask), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => world.Processes[0].Start(), Throws.TypeOf<ObjectDisposedException>());
    }

    private string Story(int seed)
    {
        var world = Talking(seed);
        world.InjectAny(4);
        world.Run();
        return world.Describe("") + world.Elapsed;
    }
}
