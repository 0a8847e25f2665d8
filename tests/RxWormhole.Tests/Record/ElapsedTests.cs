using System.Reactive.Linq;

namespace RxWormhole.Tests.Record;

/// <summary>Rule 5: after a suspend or with another clock, elapsed is max(0, now − start), and missed ticks are not made up for.</summary>
public sealed class ElapsedTests : VirtualTimeFixture
{
    private static readonly PollingSchedule Growing = new(
        new PollingStep(TimeSpan.Zero, TimeSpan.FromSeconds(10)),
        new PollingStep(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1)));

    private readonly Drawer drawer = new();
    private SetClock clock = null!;

    [SetUp]
    public void SetTheClock()
    {
        drawer.All.Clear();
        clock = new SetClock(Clock) { Off = TimeSpan.FromDays(700) };
    }

    // One minute of five has passed when the process dies.
    [TestCase(0, 240, Description = "the same clock: four are left")]
    [TestCase(120, 120, Description = "away for two minutes: two are left")]
    [TestCase(240, 0, Description = "away until the limit")]
    [TestCase(100_000, 0, Description = "away for long")]
    [TestCase(-30, 270, Description = "a clock that is a little behind")]
    [TestCase(-60, 300, Description = "a clock that shows the start")]
    [TestCase(-100_000, 300, Description = "a clock that is before the start: nothing has elapsed")]
    public void RestoredSession_HasTheRestOfItsTime(double off, double expected)
    {
        using (var first = Wormhole.Create(Clocked() with { Journal = drawer.Store }))
        {
            first.SetCode("4-a-b").Subscribe();
            Advance(60);
        }

        clock.Off += TimeSpan.FromSeconds(off);
        using var restored = Wormhole.Restore(drawer.Latest, Clocked() with { Timeout = TimeSpan.FromSeconds(7) });
        var verifier = Record(restored.Verifier);
        restored.Resume().Subscribe(_ => { }, _ => { });
        Advance(500);
        Assert.That(verifier.Error, Is.InstanceOf<WormholeTimeoutException>().With.Property("Limit").EqualTo(TimeSpan.FromMinutes(5)));
        Assert.That(verifier.EndedAt, Is.EqualTo(60 + expected).Within(0.01));
    }

    [Test]
    public void SessionWithoutALimit_HasNoneAfterARestore()
    {
        using (var first = Wormhole.Create(Clocked() with { Journal = drawer.Store, Timeout = Timeout.InfiniteTimeSpan }))
        {
            first.SetCode("4-a-b").Subscribe();
            Advance(60);
        }

        clock.Off += TimeSpan.FromDays(50_000);
        using var restored = Wormhole.Restore(drawer.Latest, Clocked());
        var status = Record(restored.Status);
        restored.Resume().Subscribe();
        Advance(1000);
        Assert.That(status.IsOver, Is.False);
    }

    [Test]
    public void ClockIsSetWhileTheSessionRuns_ItsLimitStays([Values(-1, 1)] int direction)
    {
        using var wormhole = Wormhole.Create(Clocked());
        var verifier = Record(wormhole.Verifier);
        wormhole.SetCode("4-a-b").Subscribe();
        Advance(60);
        clock.Off += TimeSpan.FromHours(direction * 30);
        Advance(500);
        Assert.That(verifier.EndedAt, Is.EqualTo(300).Within(0.01));
    }

    [TestCase(0, 10)]
    [TestCase(-30, 10)]
    [TestCase(-100_000, 10)]
    [TestCase(700, 60)]
    [TestCase(100_000, 60)]
    public void RestoredSession_PollsAsItsAgeSays(double off, double interval)
    {
        using (var first = Wormhole.Create(Polling() with { Journal = drawer.Store }))
        {
            first.SetCode("4-a-b").Subscribe();
            Advance(60);
        }

        clock.Off += TimeSpan.FromSeconds(off);
        var before = Links().Length;
        using var restored = Wormhole.Restore(drawer.Latest, Polling());
        restored.Resume().Subscribe();
        Advance(190);
        var links = Links()[before..];
        Assert.That(links[0], Is.EqualTo(60.005), "at once");
        Assert.That(links, Has.Length.EqualTo((int)Math.Ceiling(190 / interval)), "no tick that was missed is made up for");
        Assert.That(Intervals(links), Is.All.EqualTo(interval).Within(0.1));
    }

    [Test]
    public void Suspended_OnePollComesAndThenTheScheduleGoesOn()
    {
        using var wormhole = Wormhole.Create(Polling());
        wormhole.SetCode("4-a-b").Subscribe();
        Advance(61);
        var before = Links().Length;
        clock.Off += TimeSpan.FromHours(3) + TimeSpan.FromSeconds(7);
        Advance(9 + 240);
        var links = Links()[before..];
        Assert.That(links[0], Is.EqualTo(70.005), "the timer that ran");
        Assert.That(links, Has.Length.InRange(4, 6), "and no burst");
        Assert.That(Intervals(links[1..]), Is.All.EqualTo(60).Within(0.001));
    }

    [Test]
    public void ClockIsSetBack_PollsGoOnComing()
    {
        using var wormhole = Wormhole.Create(Polling());
        wormhole.SetCode("4-a-b").Subscribe();
        Advance(301);
        clock.Off -= TimeSpan.FromHours(30);
        var before = Links().Length;
        Advance(100);
        var links = Links()[before..];
        Assert.That(links, Has.Length.InRange(9, 11));
        Assert.That(Intervals(links), Is.All.EqualTo(10).Within(0.1));
    }

    [Test]
    public void ClockIsSetBack_ADeadLinkIsStillNoticed()
    {
        using var wormhole = Wormhole.Create(Clocked() with { Timeout = Timeout.InfiniteTimeSpan });
        var status = Record(wormhole.Status);
        wormhole.SetCode("4-a-b").Subscribe();
        Advance(10);
        clock.Off -= TimeSpan.FromHours(30);
        Rendezvous.Client("alice").Silence();
        Advance(200);
        Assert.That(status.Values.Select(each => each.Link).OfType<LinkStatus.Lost>().Count(), Is.EqualTo(1));
        Assert.That(Rendezvous.Client("alice").LinksMade, Is.EqualTo(2));
    }

    private WormholeOptions Clocked() => Options("alice") with { Scheduler = clock };

    private WormholeOptions Polling() => Clocked() with { Mode = LinkMode.Poll, Schedule = Growing, Timeout = Timeout.InfiniteTimeSpan };

    private double[] Links() =>
        [.. Rendezvous.Transcript.Entries.Where(entry => entry.What.StartsWith("link ", StringComparison.Ordinal)).Select(entry => Math.Round(entry.At.TotalSeconds, 3))];

    private static IEnumerable<double> Intervals(double[] times) => times.Zip(times.Skip(1), (one, next) => next - one);
}
