using RxWormhole.Server;

namespace RxWormhole.Interop.Tests.Faults;

/// <summary>Our client and a mailbox server, and a proxy between them that cuts, stalls, delays and corrupts.</summary>
[TestFixture(true)]
[TestFixture(false)]
public sealed class MailboxFaultTests(bool isPython)
{
    private const int FewestOffsets = 50;

    private static readonly OurLink Push = OurLink.All.Single(link => link.Name == "Push");

    private PythonMailbox? python;
    private WormholeServer? ours;
    private Uri server = null!;

    [OneTimeSetUp]
    public async Task StartServer()
    {
        if (isPython)
            server = (python = new PythonMailbox()).Address;
        else
            server = (ours = await FaultServer.StartAsync()).Mailbox;
    }

    [OneTimeTearDown]
    public async Task StopServer()
    {
        python?.Dispose();
        if (ours is not null)
            await ours.DisposeAsync();
    }

    // Around every boundary between two frames, and in the middle of each.
    [TestCase(FaultKind.Cut, true, 1)]
    [TestCase(FaultKind.Cut, false, 2)]
    [TestCase(FaultKind.Reset, true, 3)]
    [TestCase(FaultKind.HalfClose, true, 3)]
    [TestCase(FaultKind.Stall, true, 2)]
    [TestCase(FaultKind.Delay, false, 3)]
    [TestCase(FaultKind.Trickle, true, 3)]
    public async Task FaultAnywhere_TheSessionGoesOnOnceItHasBeenWelcomed(FaultKind kind, bool allocates, int every)
    {
        var plain = new FaultPoint(Push, allocates, Expected.Success);
        var (up, down) = await FaultRun.CountFramesAsync(server, plain);
        var points =
            from direction in new[] { Direction.Up, Direction.Down }
            from frame in Enumerable.Range(0, direction == Direction.Up ? up : down)
            from place in new[] { Place.First, Place.Second, Place.Middle, Place.Last }
            select plain with { Expected = ExpectedOf(kind, direction, frame), Faults = [new Fault(kind, direction, new InFrame(frame, place))] };
        var offsets = await FaultRun.AssertAllAsync(server, [.. points.Where((_, i) => i % every == 0)]);
        if (every == 1)
            Assert.That(offsets, Is.GreaterThanOrEqualTo(FewestOffsets));
    }

    // Nobody comes back to a server that was not there at all, and what has greeted us once may go as often as it likes.
    private static Expected ExpectedOf(FaultKind kind, Direction direction, int frame) =>
        kind is not (FaultKind.Delay or FaultKind.Trickle) && frame <= (direction == Direction.Up ? 0 : 1) ? Expected.Unreachable : Expected.Success;
}
