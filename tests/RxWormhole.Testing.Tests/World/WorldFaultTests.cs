using static RxWormhole.Testing.WorldFaultKind;

namespace RxWormhole.Testing.Tests;

/// <summary>What goes wrong in a world: each kind does what it says.</summary>
public sealed class WorldFaultTests : WorldFixture
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly WorldFaultKind[] OfAll = [ServerRestart, ServerCrash, ServerLoss, Partition, RelayDown];

    private static WorldFaultKind[] Kinds => Enum.GetValues<WorldFaultKind>();

    private static IEnumerable<WorldFaultKind> Survivable => Kinds.Where(kind => kind != ServerLoss);

    /// <summary>What is seen of each while it lasts and what after it: of alice, her client and her host.</summary>
    private static readonly Dictionary<WorldFaultKind, (Func<VirtualWorld, bool> Meanwhile, Func<VirtualWorld, bool>? Later)> Signs = new()
    {
        [Cut] = (world => Says(world, "alice    link 1 cut"), null),
        [HalfOpen] = (world => Says(world, "alice    the link is half-open"), null),
        [Unplugged] = (world => !Client(world).IsPluggedIn && Client(world).LinksOpen == 0 && !Host(world).IsPluggedIn, world => Client(world).IsPluggedIn && Host(world).IsPluggedIn),
        [Isolated] = (world => Client(world).IsIsolated && Host(world).IsIsolated, world => !Client(world).IsIsolated && !Host(world).IsIsolated),
        [Partition] = (world => world.Processes.All(process => process.Client.IsIsolated), world => world.Processes.All(process => !process.Client.IsIsolated)),
        [Jitter] = (world => Client(world).Faults.Jitter == 2 * Second, null),
        [SlowLink] = (world => Client(world).Faults.BytesPerSecond == 900, null),
        [Doubling] = (world => Client(world).Faults.Rewrite(Message).Count() == 2, null),
        [Shuffling] = (world => Client(world).Faults.ShufflesMessages, null),
        [ServerRestart] = (world => !world.Server.IsUp, world => world.Server.IsUp && Says(world, "the server starts\n")),
        [ServerCrash] = (world => Says(world, "the server crashes"), world => world.Server.IsUp),
        [ServerLoss] = (world => !world.Server.IsUp, world => Says(world, "the server starts without its data")),
        [ClockJump] = (world => world.Processes[0].ClockSkew == 2 * Second, null),
        [Death] = (world => !world.Processes[0].IsAlive && Client(world).LinksOpen == 0, world => world.Processes[0] is { IsAlive: true, Lives: 2 }),
        [PowerLoss] = (world => !world.Processes[0].IsAlive && Client(world).LinksOpen == 1, world => world.Processes[0] is { IsAlive: true, Lives: 2 }),
        [SlowJournal] = (world => world.Processes[0].JournalTakes == 2 * Second, null),
        [TransitCut] = (world => Host(world).Faults.CutAfter == 900, world => Host(world).Faults == NetworkFaults.None),
        [TransitHalfOpen] = (world => Host(world).Faults.SilentAfter == 900, world => Host(world).Faults == NetworkFaults.None),
        [TransitUphill] = (world => Host(world).Faults is { Inbound: Reach.Dropped, BytesPerSecond: 900 }, world => Host(world).Faults == NetworkFaults.None),
        [RelayDown] = (world => world.Relay.Host.PortsOpen.Count == 0, world => world.Relay.Host.PortsOpen.Count == 1),
    };

    [TestCaseSource(nameof(Kinds))]
    public void EachKind_StrikesAndIsOver(WorldFaultKind kind)
    {
        var (meanwhile, later) = Signs[kind];
        var world = Talking();
        var fault = Of(kind);
        world.Inject(fault);
        Assert.That(() => world.Run(Second), Throws.TypeOf<WorldException>());
        Assert.That(world.Struck, Is.EqualTo(new[] { fault }));
        Assert.That(meanwhile(world), Is.True, () => world.Describe($"no sign of {kind}"));
        if (later is null)
            return;
        world.Settle(2 * Second);
        Assert.That(later(world), Is.True, () => world.Describe($"{kind} is not over"));
    }

    [TestCaseSource(nameof(Survivable))]
    public void EachKindButTheLossOfEverything_IsSurvived(WorldFaultKind kind)
    {
        var world = Talking(options: new VirtualWorldOptions { Server = new VirtualRendezvousOptions { CommitDelay = TimeSpan.FromMilliseconds(10) } });
        world.Inject(Of(kind));
        world.Run();
        BothHeard(world);
    }

    [TestCaseSource(nameof(Kinds))]
    public void VictimsThatCannotBe_AreRefused(WorldFaultKind kind)
    {
        var world = Talking();
        var fault = Of(kind);
        Assert.That(() => world.Inject(fault with { Victim = fault.Victim.Length == 0 ? "alice" : "" }), Throws.ArgumentException.With.Message.Contains("victim must be"));
        Assert.That(() => world.Inject(fault with { Victim = "mallory" }), Throws.ArgumentException);
        Assert.That(() => world.Inject(fault with { Victim = null! }), Throws.ArgumentException.With.Message.Contains("null"));
        Assert.That(() => world.Inject(fault with { AfterFrame = -1 }), Throws.ArgumentException.With.Message.Contains("Frames"));
        Assert.That(() => world.Inject(fault with { Lasts = TimeSpan.MaxValue }), Throws.ArgumentException.With.Message.Contains("hundred years"));
        Assert.That(() => world.Inject(fault with { Lasts = TimeSpan.MinValue }), Throws.ArgumentException);
        Assert.That(() => world.Inject(fault with { Lasts = -Second }), kind == ClockJump ? Throws.Nothing : Throws.ArgumentException.With.Message.Contains("less than no time"));
        Assert.That(() => world.Inject(fault with { Amount = -1 }), Throws.ArgumentException.With.Message.Contains("amount"));
        Assert.That(() => world.Inject(fault with { Amount = 0 }), kind is SlowLink or TransitUphill ? Throws.ArgumentException.With.Message.Contains("amount") : Throws.Nothing);
    }

    [Test]
    public void WhatIsNone_IsRefused()
    {
        var world = Talking();
        Assert.That(() => world.Inject(null!), Throws.ArgumentNullException);
        Assert.That(() => world.Inject(new WorldFault((WorldFaultKind)999, "alice", 1)), Throws.ArgumentException.With.Message.Contains("no such kind"));
        Assert.That(() => world.Inject(new WorldFault(Cut, "mallory", 1)), Throws.ArgumentException.With.Message.Contains("no process named 'mallory'"));
        Assert.That(() => world.InjectAny(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => world.InjectAny(1, withinFrames: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => world.InjectAny(1, []), Throws.ArgumentException);
        Assert.That(() => world.InjectAny(1, [(WorldFaultKind)999]), Throws.ArgumentException);
        Assert.That(() => NewWorld().InjectAny(1), Throws.InvalidOperationException.With.Message.Contains("processes"));
        Assert.That(world.Faults, Is.Empty);
    }

    [Test]
    public void OnceItRuns_NothingIsInjectedAnyMore()
    {
        var world = Talking();
        world.Run();
        Assert.That(() => world.Inject(Of(Cut)), Throws.InvalidOperationException);
        Assert.That(() => world.InjectAny(1), Throws.InvalidOperationException);
    }

    [Test]
    public void WhatFindsNothing_DoesNotCount()
    {
        var world = Talking();
        WorldFault[] idle = [new(Cut, "alice", 0), new(HalfOpen, "bob", 0), new(Death, "bob", 0, Second), new(Cut, "alice", 1_000_000), new(ServerCrash, "", 20, Second)];
        foreach (var fault in idle.Prepend(new WorldFault(ServerRestart, "", 20, 2 * Second)))
            world.Inject(fault);
        world.Run();
        Assert.That(world.Struck, Is.EqualTo(new[] { world.Faults[0] }));
        Assert.That(world.Describe("x"), Does.Contain("ServerRestart after frame 20, 2 s\n").And.Contain("ServerCrash after frame 20, 1 s (did not come about)\n"));
    }

    [Test]
    public void Fault_StrikesBehindItsFrame()
    {
        var world = Talking();
        world.Inject(new WorldFault(ServerRestart, "", 12, 2 * Second));
        world.Run();
        Assert.That(world.Server.Transcript.Entries.TakeWhile(entry => entry.What != "the server stops").Count(entry => entry.Frame is not null), Is.EqualTo(12));
    }

    [Test]
    public void InjectAny_DrawsOtherThingsEachTimeAndTheSameForASeed()
    {
        var (one, other, another) = (Talking(1), Talking(1), Talking(2));
        foreach (var world in new[] { one, other, another })
        {
            world.InjectAny(300, withinFrames: 10);
            world.InjectAny(5, [Cut]);
            world.InjectAny(0);
        }

        Assert.That(one.Faults, Has.Count.EqualTo(305).And.EqualTo(other.Faults).And.Not.EqualTo(another.Faults));
        Assert.That(one.Faults.Skip(300).Select(fault => fault.Kind), Is.All.EqualTo(Cut));
        Assert.That(one.Faults.Select(fault => fault.Kind).Distinct(), Is.EquivalentTo(Kinds.Where(kind => kind != ServerLoss)));
        Assert.That(one.Faults.Take(150), Is.Not.EqualTo(one.Faults.Skip(150).Take(150)));
        Assert.That(one.Faults.Select(fault => fault.AfterFrame), Is.All.InRange(0, 80));
    }

    private static WorldFault Of(WorldFaultKind kind) => new(kind, OfAll.Contains(kind) ? "" : "alice", 14, 2 * Second, 900);

    private static VirtualFrame Message { get; } = default(VirtualFrame) with { Bytes = """{"type":"message"}"""u8.ToArray() };

    private static VirtualClient Client(VirtualWorld world) => world.Processes[0].Client;

    private static VirtualHost Host(VirtualWorld world) => world.Processes[0].Host;

    private static bool Says(VirtualWorld world, string what) => world.Server.Transcript.ToString().Contains(what, StringComparison.Ordinal);
}
