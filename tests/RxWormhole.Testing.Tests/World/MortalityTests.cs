using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole.Testing.Tests;

/// <summary>What becomes of the links, connections and checkpoints of a process that dies, and how it goes on.</summary>
public sealed class MortalityTests : WorldFixture
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [TestCase(false, WorldFaultKind.Death)]
    [TestCase(true, WorldFaultKind.Death)]
    [TestCase(false, WorldFaultKind.PowerLoss)]
    [TestCase(true, WorldFaultKind.PowerLoss)]
    public void DeathBehindAnyFrame_TheSessionGoesOnAndBothHearEverything(bool isOverHttp, WorldFaultKind kind)
    {
        var count = Ran(Talking(isOverHttp: isOverHttp)).Frames;
        for (var frame = 1; frame < count; frame += isOverHttp ? 7 : 1)
        {
            using var world = Talking(isOverHttp: isOverHttp);
            world.Inject(new WorldFault(kind, frame % 2 == 0 ? "alice" : "bob", frame, TimeSpan.FromSeconds(frame % 5)));
            BothHeard(Ran(world));
            world.Settle(TimeSpan.FromMinutes(30));
            Assert.That(world.LeftBehind, Is.Empty, () => world.Describe("left behind"));
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Killed_HasNoLinkAndMakesNone(bool isOverHttp)
    {
        var world = NewWorld();
        var process = world.AddProcess("alice", Wait);
        process.IsOverHttp = isOverHttp;
        process.Start();
        world.Settle(10 * Second);
        var made = process.Client.LinksMade;
        process.Kill();
        Assert.That(process.Client.LinksOpen, Is.Zero);
        world.Settle(TimeSpan.FromMinutes(1));
        Assert.That((made, process.Client.LinksMade), Is.EqualTo(isOverHttp ? (made, made) : (1, 1)));
        Assert.That(process.Server.Applications[AppId].Nameplates, Has.Count.EqualTo(1), "what it has at the server is there");
    }

    [Test]
    public void Unnoticed_TheServerLearnsOfItAtTheNextStart()
    {
        var world = NewWorld();
        var process = world.AddProcess("alice", Wait);
        process.Start();
        world.Settle(10 * Second);
        process.Kill(isNoticed: false);
        var frames = world.Frames;
        world.Settle(TimeSpan.FromMinutes(2));
        Assert.That((process.Client.LinksOpen, process.Client.LinksMade, world.Frames), Is.EqualTo((1, 1, frames)), "half-open");
        process.Start();
        world.Settle(Second);
        Assert.That((process.Client.LinksOpen, process.Client.LinksMade), Is.EqualTo((1, 2)), "that of the new life");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Killed_ListensNoMoreAndItsConnectionsEnd(bool isNoticed)
    {
        var world = NewWorld();
        var (listened, read, ended) = (0, new List<int>(), "");
        var alice = world.AddProcess("alice", async process =>
        {
            var listener = process.Options(AppId).Transit.Connector.Listen(TransitPorts.Only(5000));
            if (process.Lives > 1)
                return;
            listener.SelectMany(each => each.Connections).Subscribe(connection =>
            {
                listened++;
                Note(connection);
            });
            await Observable.Never<int>();
        });
        world.AddProcess("bob", async process =>
        {
            var connection = await process.Options(AppId).Transit.Connector.Dial(new DirectHint("alice", 5000));
            await connection.WriteAsync(new byte[3]);
            await Observable.Timer(10 * Second, process.Clock);
            try
            {
                await connection.WriteAsync(new byte[3]);
                await Observable.Timer(10 * Second, process.Clock);
            }
            catch (IOException error)
            {
                ended = error.Message;
            }

            connection.Dispose();
        });
        Observable.Timer(5 * Second, world.Clock).Subscribe(_ => alice.Kill(isNoticed));
        Observable.Timer(6 * Second, world.Clock).Subscribe(_ => Assert.That((alice.Host.PortsOpen.Count, alice.Host.ConnectionsOpen), Is.EqualTo((0, 0))));
        Observable.Timer(30 * Second, world.Clock).Subscribe(_ => alice.Start());
        world.Run();
        Assert.That((listened, read), Is.EqualTo((1, new[] { 3 })));
        Assert.That(ended, isNoticed ? Does.Contain("cut") : Is.Empty);
        Assert.That(world.LeftBehind, Is.Empty);

        async void Note(ITransitConnection connection)
        {
            while (true)
                read.Add(await connection.ReadAsync(new byte[10]));
        }
    }

    [TestCase(4, 0)]
    [TestCase(6, 1)]
    public void DeathWhileACheckpointIsStored_ItIsNotThere(int after, int stored)
    {
        var world = NewWorld();
        var process = world.AddProcess("alice", Wait);
        process.JournalTakes = 5 * Second;
        process.Start();
        world.Settle(after * Second);
        process.Kill();
        world.Settle(TimeSpan.FromMinutes(1));
        Assert.That((process.CheckpointsStored, process.Stored() is null), Is.EqualTo((stored, stored == 0)));
    }

    [Test]
    public void JournalsOfAProcess_AreApart()
    {
        var world = NewWorld();
        var process = world.AddProcess("alice", async process =>
        {
            using var one = process.Open(process.Options(AppId) with { Journal = process.Journal("one") }, "one");
            using var other = process.Open(process.Options(AppId));
            await one.AllocateCode();
            await other.AllocateCode();
        });
        world.Run();
        Assert.That(process.Stored("one")?.IsEnded, Is.False);
        Assert.That((process.Stored(), process.Stored("two")), Is.EqualTo(((Checkpoint?)null, (Checkpoint?)null)), "there is none without a journal");
    }

    [Test]
    public void Files_OutliveAProcess()
    {
        var world = Talking();
        var alice = world.Processes[0];
        world.Inject(new WorldFault(WorldFaultKind.Death, "alice", 1, Second));
        alice.Files.AddFolder("/in");
        alice.Files.AddFile("/in/a", [1, 2]);
        Ran(world);
        Assert.That((alice.Lives, alice.Files.Read("/in/a")), Is.EqualTo((2, new byte[] { 1, 2 })));
    }

    private static VirtualWorld Ran(VirtualWorld world)
    {
        world.Run();
        return world;
    }

    private static async Task Wait(VirtualProcess process)
    {
        using var wormhole = process.Open(AppId);
        await (process.Stored() is null ? wormhole.AllocateCode() : wormhole.Resume());
        await wormhole.Receive();
    }
}
