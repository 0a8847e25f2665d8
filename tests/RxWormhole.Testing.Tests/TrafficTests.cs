using System.Reactive.Concurrency;

namespace RxWormhole.Testing.Tests;

/// <summary>Whoever watches the wire sees every frame once it was taken, and may act behind it.</summary>
public sealed class TrafficTests : RawFixture
{
    [Test]
    public void Traffic_IsWhatTheTranscriptHas()
    {
        var seen = new List<VirtualFrame>();
        using var watching = Rendezvous.Traffic.Subscribe(seen.Add);
        using var alice = Opened();
        using var bob = Opened("bob");
        alice.Say("""{"type":"add","phase":"0","body":"00"}""");
        Advance(20);
        Assert.That(seen, Is.EqualTo(Rendezvous.Transcript.Entries.Where(entry => entry.Frame is not null).Select(entry => entry.Frame!.Value)));
        Assert.That(seen.Count(frame => frame.Type == "message"), Is.EqualTo(2));
    }

    [Test]
    public void Frame_IsShownAtTheMomentItArrivesAndOnceItWasTaken()
    {
        using var link = Dial();
        Advance(20);
        var seen = new List<(long, string?, int, int)>();
        using var watching = Rendezvous.Traffic.Subscribe(frame => seen.Add((Clock.Clock / TimeSpan.TicksPerMillisecond, frame.Type, link.Texts.Length, Alice.Frames)));
        link.Ping(1);
        Advance(20);
        Assert.That(seen, Is.EqualTo(new[] { (25L, "ping", 1, 2), (30L, "ack", 2, 3), (30L, "pong", 3, 4) }));
    }

    [Test]
    public void Observer_CutsTheLink_NothingElseArrives()
    {
        using var link = Bound();
        using var watching = Rendezvous.Traffic.Subscribe(frame =>
        {
            if (frame.Type == "ack")
                Alice.Cut();
        });
        link.Ping(1, 2);
        Advance(100);
        Assert.That(link.Error, Is.TypeOf<LinkException>());
        Assert.That(link.Types, Is.EqualTo(new[] { "welcome" }));
        Assert.That(Rendezvous.Transcript.From("alice").Count(frame => frame.Type == "ping"), Is.EqualTo(2));
        Assert.That(link.Offences, Is.Empty);
    }

    [Test]
    public void Observer_StopsTheServerBehindAFrame_TheServerHasIt()
    {
        using var link = Opened();
        using var watching = Rendezvous.Traffic.Subscribe(frame =>
        {
            if (frame.Type == "add")
                Rendezvous.Restart();
        });
        link.Say("""{"type":"add","phase":"0","body":"00"}""", """{"type":"add","phase":"1","body":"00"}""");
        Advance(100);
        Assert.That(link.Error, Is.TypeOf<LinkException>());
        Assert.That(link.TextsOf("message"), Is.Empty);
        Assert.That(Rendezvous.LeftBehind.Last(), Does.EndWith("messages: 1"));
    }

    [Test]
    public void LostFrames_AreNotShown()
    {
        var seen = new List<string?>();
        using var watching = Rendezvous.Traffic.Subscribe(frame => seen.Add(frame.Type));
        using var link = Dial(faults: LinkFaults.None.Losing(frame => frame.Type == "ack").Doubling(frame => frame.Type == "ping"));
        link.Ping(1);
        Advance(20);
        Assert.That(seen.Order(StringComparer.Ordinal), Is.EqualTo(new[] { "ping", "ping", "pong", "pong", "welcome" }));
    }

    [Test]
    public void WithoutATranscript_EverythingElseIsTheSame()
    {
        string[] Seen(bool keepsTranscript)
        {
            var seen = new List<string>();
            var clock = new HistoricalScheduler(DateTimeOffset.UnixEpoch);
            var rendezvous = new VirtualRendezvous(clock, new VirtualRendezvousOptions { KeepsTranscript = keepsTranscript });
            using var watching = rendezvous.Traffic.Subscribe(frame => seen.Add($"{clock.Now.Ticks} {frame.Client} {frame.Text}"));
            clock.Run(() => Talk.Between(rendezvous));
            Assert.That(rendezvous.Transcript.Entries, keepsTranscript ? Is.Not.Empty : Is.Empty);
            return [.. seen];
        }

        Assert.That(Seen(false), Is.EqualTo(Seen(true)).And.Not.Empty);
    }
}
