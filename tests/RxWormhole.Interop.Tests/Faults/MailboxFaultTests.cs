namespace RxWormhole.Interop.Tests.Faults;

/// <summary>Our client and a mailbox server, and a proxy between them that cuts, resets, stalls and delays.</summary>
[TestFixture(true)]
[TestFixture(false)]
public sealed class MailboxFaultTests(bool isPython) : MailboxFaultFixture(isPython)
{
    private const int FewestOffsets = 50;

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
        var plain = new FaultPoint(Link("Push"), allocates, Expected.Success);
        var (up, down) = await FaultRun.CountFramesAsync(Server, plain);
        var points =
            from direction in new[] { Direction.Up, Direction.Down }
            from frame in Enumerable.Range(0, direction == Direction.Up ? up : down)
            from place in new[] { Place.First, Place.Second, Place.Middle, Place.Last }
            where IsCertain(kind, direction, frame, place)
            select plain with { Expected = ExpectedOf(kind, direction, frame, place), Faults = [new Fault(kind, direction, new InFrame(frame, place))] };
        var offsets = await FaultRun.AssertAllAsync(Server, [.. points.Where((_, i) => i % every == 0)]);
        if (every == 1)
            Assert.That(offsets, Is.GreaterThanOrEqualTo(FewestOffsets));
    }

    // Nobody comes back to a server that was not there at all, and what has greeted us once may go as often as it likes.
    private static Expected ExpectedOf(FaultKind kind, Direction direction, int frame, Place place) =>
        kind is FaultKind.Delay or FaultKind.Trickle || frame > (direction == Direction.Up ? 0 : 1) || IsAskedAgain(kind, direction, frame, place)
            ? Expected.Success
            : Expected.Unreachable;

    // Where a connection is closed in good order before the answer begins, the HTTP stack asks once more on another one.
    private static bool IsAskedAgain(FaultKind kind, Direction direction, int frame, Place place) => frame == 0 && kind switch
    {
        FaultKind.Cut => direction == Direction.Up || place == Place.First,
        FaultKind.HalfClose => direction == Direction.Up || place == Place.First,
        _ => false,
    };

    // Kestrel answers half a request at times, and at others it closes without an answer.
    private bool IsCertain(FaultKind kind, Direction direction, int frame, Place place) =>
        IsPython || kind != FaultKind.HalfClose || (direction, frame) != (Direction.Up, 0) || place == Place.First;

    [Test]
    public async Task LinkIsCutAgainAndAgain_TheSessionGoesOn()
    {
        var points =
            from first in new[] { 2, 6, 12, 20 }
            from second in new[] { 0, 1, 2, 3 }
            select new FaultPoint(
                Link("Push"),
                Allocates: true,
                Expected.Success,
                new Fault(FaultKind.Cut, Direction.Down, new InFrame(first, Place.Middle)),
                new Fault(FaultKind.Reset, Direction.Up, new InFrame(second, Place.Middle)) { Connection = 2 },
                new Fault(FaultKind.Cut, Direction.Down, new InFrame(second, Place.Last)) { Connection = 3 });
        await FaultRun.AssertAllAsync(Server, [.. points]);
    }

    [Test]
    public async Task PollsAreHurt_TheNextOneDoesTheSame()
    {
        var points =
            from kind in new[] { FaultKind.Cut, FaultKind.Reset, FaultKind.Stall }
            from polls in new[] { 1, 2, 3 }
            from spot in new[] { (Direction.Up, 0), (Direction.Up, 1), (Direction.Down, 1), (Direction.Down, 2) }
            select new FaultPoint(
                Link("Poll"),
                Allocates: polls != 2,
                Expected.Success,
                [.. Enumerable.Range(1, polls).Select(connection => new Fault(kind, spot.Item1, new InFrame(spot.Item2, Place.Middle)) { Connection = connection })]);
        await FaultRun.AssertAllAsync(Server, [.. points]);
    }

    [Test]
    public async Task NoLinkGetsThrough_TheSessionFailsInTime()
    {
        var points =
            from link in new[] { "Push", "Poll" }
            from kind in new[] { FaultKind.Cut, FaultKind.Stall }
            select new FaultPoint(
                Link(link),
                Allocates: true,
                link == "Push" ? Expected.Unreachable : Expected.TimeOver,
                new Fault(kind, Direction.Up, new InFrame(0, Place.First)) { Connection = Fault.Every });
        await FaultRun.AssertAllAsync(Server, [.. points]);
    }
}
