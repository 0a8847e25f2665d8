using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Microsoft.Reactive.Testing;

namespace RxWormhole.Testing.Tests;

/// <summary>Links over HTTP to the virtual server: sessions with all of their faults.</summary>
public sealed class HttpLinkTests
{
    private TestScheduler clock = new();
    private VirtualRendezvous rendezvous = null!;

    [SetUp]
    public void Begin() => Begin(new VirtualRendezvousOptions());

    private void Begin(VirtualRendezvousOptions options)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        clock = new TestScheduler();
        rendezvous = new VirtualRendezvous(clock, options);
    }

    private VirtualClient Alice => rendezvous.Client("alice");

    [TestCase(LinkMode.Push, LinkMode.Push)]
    [TestCase(LinkMode.Poll, LinkMode.Poll)]
    [TestCase(LinkMode.Push, LinkMode.Poll)]
    public void OverHttp_MeetsAnOrdinaryLink(LinkMode alice, LinkMode bob)
    {
        Talk(alice, bob);
        Assert.That(rendezvous.Client("bob").LinksMade, bob == LinkMode.Push ? Is.EqualTo(1) : Is.GreaterThan(1));
        Assert.That(Alice.LinksMade, Is.GreaterThan(3), "each request is a link");
        Assert.That(rendezvous.Transcript.ToString(), Does.Contain("alice    request 1\n").And.Not.Contains("alice    link"));
    }

    [TestCase(LinkMode.Push)]
    [TestCase(LinkMode.Poll)]
    public void BothOverHttp_Meet(LinkMode mode) => Talk(mode, mode, bobOverHttp: true);

    [TestCase(LinkMode.Push)]
    [TestCase(LinkMode.Poll)]
    public void CutAfterAnyFrame_BothSidesEndWell(LinkMode mode)
    {
        Talk(mode, LinkMode.Push);
        for (var (n, last) = (2, Alice.Frames); n <= last; n++)
        {
            Begin();
            Alice.Faults = new LinkFaults { CutAfter = [n] };
            Talk(mode, LinkMode.Push);
            Assert.That(rendezvous.Transcript.Entries.Count(entry => entry.What.EndsWith($"cut after frame {n}", StringComparison.Ordinal)), Is.EqualTo(1));
        }
    }

    [TestCase(LinkMode.Push)]
    [TestCase(LinkMode.Poll)]
    public void SilentAfterAnyFrame_BothSidesEndWell(LinkMode mode)
    {
        Talk(mode, LinkMode.Push);
        for (var (n, last) = (2, Alice.Frames); n <= last; n++)
        {
            Begin();
            Alice.Faults = new LinkFaults { SilentAfter = [n] };
            // Who closes without a link does not wait for ever.
            Talk(mode, LinkMode.Push, isTidy: false);
        }
    }

    [TestCase(LinkMode.Push)]
    [TestCase(LinkMode.Poll)]
    public void ServerCrashesBehindAnyFrame_BothSidesEndWell(LinkMode mode)
    {
        for (var (behind, last) = (1, int.MaxValue); behind <= last; behind++)
        {
            Begin(new VirtualRendezvousOptions { CommitDelay = TimeSpan.FromMilliseconds(20) });
            var (seen, hasBoth) = (0, false);
            using var watching = rendezvous.Traffic.Subscribe(frame =>
            {
                // In push mode a session whose very first link cannot be made ends at once.
                hasBoth |= frame is { Client: "bob", Type: "claimed" };
                if (!hasBoth || ++seen != behind)
                    return;
                rendezvous.Crash();
                clock.Schedule(TimeSpan.FromMilliseconds(300), () => rendezvous.Start());
            });
            Talk(mode, LinkMode.Push, isTidy: false);
            last = seen;
        }
    }

    [TestCase(LinkMode.Push)]
    [TestCase(LinkMode.Poll)]
    public void IsolatedBehindAnyFrame_BothSidesEndWell(LinkMode mode)
    {
        for (var (behind, last) = (6, int.MaxValue); behind <= last; behind++)
        {
            Begin();
            var seen = 0;
            using var watching = rendezvous.Traffic.Subscribe(_ =>
            {
                if (++seen != behind)
                    return;
                Alice.Isolate();
                clock.Schedule(TimeSpan.FromSeconds(50), Alice.Rejoin);
            });
            Talk(mode, LinkMode.Push, isTidy: false);
            last = seen;
        }
    }

    [Test]
    public void Frames_AreCountedAndShownAsThoseOfLinks()
    {
        var seen = new List<VirtualFrame>();
        using var watching = rendezvous.Traffic.Subscribe(seen.Add);
        Talk(LinkMode.Push, LinkMode.Push);
        Assert.That(seen, Is.EqualTo(rendezvous.Transcript.Entries.Where(entry => entry.Frame is not null).Select(entry => entry.Frame!.Value)));
        Assert.That(seen.Count(frame => frame.Client == "alice"), Is.EqualTo(Alice.Frames));
        Assert.That(seen.Where(frame => frame.Client == "alice").Select(frame => frame.Link).Max(), Is.EqualTo(Alice.LinksMade));
    }

    [Test]
    public void Frame_WasHeardWhenItIsShown()
    {
        var (heard, shown) = (0, new List<(string?, int)>());
        using var watching = rendezvous.Traffic.Subscribe(frame =>
        {
            if (!frame.IsFromClient)
                shown.Add((frame.Type, heard));
        });
        using var link = Alice.OverHttp().Connect(rendezvous.Address, Observable.Return<ReadOnlyMemory<byte>>("""{"type":"ping","ping":1}"""u8.ToArray())
            .Concat(Observable.Never<ReadOnlyMemory<byte>>())).Subscribe(_ => heard++);
        clock.AdvanceInline(TimeSpan.FromSeconds(1));
        Assert.That(shown, Is.EqualTo(new[] { ("welcome", 1), ("welcome", 1), ("ack", 2), ("pong", 3) }));
    }

    [Test]
    public void Request_TakesItsTimeBothWays()
    {
        Alice.Faults = new LinkFaults { Latency = TimeSpan.FromMilliseconds(100), BytesPerSecond = 1000 };
        double? at = null;
        using var link = Alice.OverHttp().Connect(rendezvous.Address, Observable.Never<ReadOnlyMemory<byte>>())
            .Subscribe(frame => at = TimeSpan.FromTicks(clock.Clock).TotalMilliseconds - 202 - frame.Length);
        clock.AdvanceInline(TimeSpan.FromSeconds(1));
        Assert.That(at, Is.EqualTo(0).Within(0.1), "an empty array, and the answer");
    }

    [Test]
    public void PollInterval_IsAsAsked()
    {
        string[] sent = ["""{"type":"bind","appid":"a","side":"s"}""", """{"type":"open","mailbox":"m"}"""];
        using var link = Alice.OverHttp(TimeSpan.FromSeconds(7))
            .Connect(rendezvous.Address, sent.ToObservable().Select(text => new ReadOnlyMemory<byte>(System.Text.Encoding.UTF8.GetBytes(text))).Concat(Observable.Never<ReadOnlyMemory<byte>>()))
            .Subscribe();
        clock.AdvanceInline(TimeSpan.FromSeconds(10));
        var before = Alice.LinksMade;
        clock.AdvanceInline(TimeSpan.FromSeconds(70));
        Assert.That(Alice.LinksMade - before, Is.InRange(9, 10));
        Assert.That(() => Alice.OverHttp(TimeSpan.Zero), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [TestCase(true)]
    [TestCase(false)]
    public void ServerOrNetworkIsGone_TheLinkIsLost(bool isServer)
    {
        if (isServer)
            rendezvous.Stop();
        else
            Alice.Unplug();
        Exception? error = null;
        using var link = Alice.OverHttp().Connect(rendezvous.Address, Observable.Never<ReadOnlyMemory<byte>>()).Subscribe(_ => { }, fault => error = fault);
        clock.AdvanceInline(TimeSpan.FromSeconds(1));
        Assert.That(error, Is.TypeOf<LinkException>());
        Assert.That(rendezvous.LeftBehind, Is.Empty);
    }

    [Test]
    public void RequestThatWasGivenUp_IsCarriedOutAllTheSame()
    {
        string[] sent = ["""{"type":"bind","appid":"a","side":"s"}""", """{"type":"claim","nameplate":"4"}"""];
        var outbound = new System.Reactive.Subjects.Subject<ReadOnlyMemory<byte>>();
        var link = Alice.OverHttp().Connect(rendezvous.Address, outbound).Subscribe();
        clock.AdvanceInline(TimeSpan.FromSeconds(1));
        Alice.Isolate();
        foreach (var text in sent)
            outbound.OnNext(System.Text.Encoding.UTF8.GetBytes(text));
        clock.AdvanceInline(TimeSpan.FromSeconds(1));
        link.Dispose();
        clock.AdvanceInline(TimeSpan.FromSeconds(60));
        Assert.That(Alice.LinksOpen, Is.Zero);
        Alice.Rejoin();
        clock.AdvanceInline(TimeSpan.FromSeconds(2));
        Assert.That(rendezvous.LeftBehind[0], Is.EqualTo("a: nameplate 4"));
    }

    [Test]
    public void SameSeed_SameTranscript()
    {
        string Once(int seed)
        {
            Begin(new VirtualRendezvousOptions { Seed = seed });
            Alice.Faults = new LinkFaults { Jitter = TimeSpan.FromMilliseconds(20), CutAfter = [20] };
            Talk(LinkMode.Poll, LinkMode.Push);
            return string.Join('\n', rendezvous.Transcript.Entries.Select(entry => $"{entry.At.Ticks} {entry.Client} {entry.What}"));
        }

        var (once, again) = (Once(1), Once(1));
        Assert.That(again, Is.EqualTo(once).And.Not.EqualTo(Once(2)));
    }

    private void Talk(LinkMode alice, LinkMode bob, bool bobOverHttp = false, bool isTidy = true)
    {
        var (one, other) = (Options("alice", alice, isHttp: true), Options("bob", bob, bobOverHttp));
        var heard = clock.Run(() => Testing.Tests.Talk.Between(one, other));
        Assert.That(heard, Is.EqualTo(new[] { "of bob", "of alice" }), () => rendezvous.Transcript.ToString());
        clock.AdvanceInline(isTidy ? TimeSpan.FromSeconds(10) : TimeSpan.FromMinutes(20));
        Assert.That(rendezvous.LeftBehind, Is.Empty, () => rendezvous.Transcript.ToString());
    }

    private WormholeOptions Options(string name, LinkMode mode, bool isHttp)
    {
        var options = rendezvous.OptionsFor("example.com/http", name) with { Mode = mode };
        return isHttp ? options with { Connector = rendezvous.Client(name).OverHttp() } : options;
    }
}
