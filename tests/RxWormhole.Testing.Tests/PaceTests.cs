using Microsoft.Reactive.Testing;

namespace RxWormhole.Testing.Tests;

/// <summary>Links on which frames take different times, and links that take few bytes a second.</summary>
public sealed class PaceTests : RawFixture
{
    [Test]
    public void Jitter_EveryFrameTakesAnotherTimeAndNoneOvertakes()
    {
        var faults = new LinkFaults { Jitter = TimeSpan.FromMilliseconds(100) };
        var took = new List<double>();
        for (var i = 1; i <= 50; i++)
        {
            using var link = Bound(faults: faults);
            Advance(500);
            var start = Clock.Clock;
            link.Ping(i);
            while (!link.Types.Contains("pong"))
                Advance(1);
            took.Add(TimeSpan.FromTicks(Clock.Clock - start).TotalMilliseconds);
        }

        Assert.That(took, Has.All.InRange(10.0, 212.0));
        Assert.That(took.Max() - took.Min(), Is.GreaterThan(100));
    }

    [Test]
    public void Jitter_KeepsTheOrder()
    {
        using var link = Bound(faults: new LinkFaults { Jitter = TimeSpan.FromSeconds(1) });
        Advance(5000);
        for (var i = 0; i < 50; i++)
        {
            link.Ping(i);
            Advance(1);
        }

        Advance(5000);
        Assert.That(link.TextsOf("pong").Select(text => text.Split("\"pong\":")[1].Split(',', '}')[0]),
            Is.EqualTo(Enumerable.Range(0, 50).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        Assert.That(link.TimesOf("pong").Distinct().Count(), Is.GreaterThan(3));
    }

    [Test]
    public void SameSeed_SameTimes()
    {
        string Once(int seed)
        {
            var clock = new TestScheduler();
            var rendezvous = new VirtualRendezvous(clock, new VirtualRendezvousOptions { Seed = seed });
            rendezvous.Client("alice").Faults = new LinkFaults { Jitter = TimeSpan.FromMilliseconds(50), BytesPerSecond = 20_000 };
            rendezvous.Client("bob").Faults = new LinkFaults { Jitter = TimeSpan.FromMilliseconds(50) };
            Assert.That(clock.Run(() => Talk.Between(rendezvous)), Is.EqualTo(new[] { "of bob", "of alice" }));
            return string.Join('\n', rendezvous.Transcript.Entries.Select(entry => $"{entry.At.Ticks} {entry.Client} {entry.What}"));
        }

        var (once, again) = (Once(1), Once(1));
        Assert.That(again, Is.EqualTo(once).And.Not.EqualTo(Once(2)));
    }

    [Test]
    public void Jitter_LeavesTheSessionsRandomnessAlone()
    {
        string[] Bodies(LinkFaults faults)
        {
            var clock = new TestScheduler();
            var rendezvous = new VirtualRendezvous(clock);
            rendezvous.Client("alice").Faults = faults;
            clock.Run(() => Talk.Between(rendezvous));
            return [.. rendezvous.Transcript.From("alice").Where(frame => frame.Type == "bind").Select(frame => frame.Text)];
        }

        Assert.That(Bodies(new LinkFaults { Jitter = TimeSpan.FromMilliseconds(3) }), Is.EqualTo(Bodies(LinkFaults.None)));
    }

    [Test]
    public void BytesPerSecond_FramesTakeTheTimeOfTheirLengthOneBehindTheOther()
    {
        using var link = Dial(faults: new LinkFaults { BytesPerSecond = 1000, Latency = TimeSpan.FromMilliseconds(10) });
        var start = Clock.Clock;
        var arrived = new List<double>();
        using var watching = Rendezvous.Traffic.Subscribe(frame =>
        {
            if (frame.IsFromClient)
                arrived.Add(Math.Round(TimeSpan.FromTicks(Clock.Clock - start).TotalMilliseconds));
        });
        var hundred = """{"type":"ping","ping":1}""".PadRight(100);
        link.Say(hundred, hundred, hundred[..50]);
        Advance(1000);
        Assert.That(arrived, Is.EqualTo(new[] { 110, 210, 260 }));
        link.Say(hundred);
        Advance(1000);
        Assert.That(arrived[^1], Is.EqualTo(1110), "the link was free");
    }
}
