using System.Globalization;
using System.Reactive.Linq;
using Microsoft.Reactive.Testing;

namespace RxWormhole.Testing.Tests;

/// <summary>Messages that come in another order, or twice.</summary>
public sealed class ShuffleTests : RawFixture
{
    [Test]
    public void MessagesOfOneInstant_ComeInAnotherOrderAndOthersKeepTheirPlace()
    {
        using var bob = Opened("bob");
        for (var i = 0; i < 10; i++)
            bob.Say($$"""{"type":"add","phase":"{{i}}","body":"00"}""");
        Advance(20);
        using var alice = Shuffled();
        Advance(20);
        Assert.That(Phases(alice).Order(), Is.EqualTo(Enumerable.Range(0, 10)));
        Assert.That(Phases(alice), Is.Not.Ordered);
        Assert.That(alice.Types[^1], Is.EqualTo("pong"));
        Assert.That(Phases(bob), Is.Ordered, "others are left alone");
        Assert.That(alice.TimesOf("message").Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void MessagesOfSeveralInstants_KeepTheirOrder()
    {
        using var bob = Opened("bob");
        using var alice = Shuffled();
        for (var i = 0; i < 10; i++)
        {
            bob.Say($$"""{"type":"add","phase":"{{i}}","body":"00"}""");
            Advance(20);
            Assert.That(Phases(alice), Is.EqualTo(Enumerable.Range(0, i + 1)));
        }
    }

    [Test]
    public void SameSeed_SameOrder()
    {
        int[] Once(int seed)
        {
            StartServer(new VirtualRendezvousOptions { Seed = seed });
            MessagesOfOneInstant_ComeInAnotherOrderAndOthersKeepTheirPlace();
            return [.. Rendezvous.Transcript.To("alice").Where(frame => frame.Type == "message").Select(frame => int.Parse(frame.Phase!, CultureInfo.InvariantCulture))];
        }

        var (once, again) = (Once(1), Once(1));
        Assert.That(again, Is.EqualTo(once).And.Not.EqualTo(Once(2)));
    }

    [Test]
    public void CutAmongThem_TheOthersDoNotCome()
    {
        using var bob = Opened("bob");
        for (var i = 0; i < 10; i++)
            bob.Say($$"""{"type":"add","phase":"{{i}}","body":"00"}""");
        Advance(20);
        var seen = 0;
        using var watching = Rendezvous.Traffic.Subscribe(frame =>
        {
            if (frame is { Client: "alice", Type: "message" } && ++seen == 4)
                Alice.Cut();
        });
        using var alice = Shuffled();
        Advance(20);
        Assert.That(Phases(alice).Length, Is.EqualTo(4));
        Assert.That(alice.Offences, Is.Empty);
    }

    [TestCase(LinkMode.Push)]
    [TestCase(LinkMode.Poll)]
    public void SessionsSurviveBoth(LinkMode mode)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var clock = new TestScheduler();
            var rendezvous = new VirtualRendezvous(clock, new VirtualRendezvousOptions { Seed = seed });
            var faults = LinkFaults.None.DoublingMessages() with { ShufflesMessages = true };
            rendezvous.Client("alice").Faults = rendezvous.Client("bob").Faults = faults;
            var heard = clock.Run(() => Talk.Between(
                rendezvous.OptionsFor(Talk.AppId, "alice") with { Mode = mode }, rendezvous.OptionsFor(Talk.AppId, "bob") with { Mode = mode }));
            Assert.That(heard, Is.EqualTo(new[] { "of bob", "of alice" }), () => rendezvous.Transcript.ToString());
            Assert.That(rendezvous.LeftBehind, Is.Empty);
        }
    }

    [Test]
    public void DoublingMessages_LeavesTheRestAlone()
    {
        using var bob = Opened("bob");
        bob.Say("""{"type":"add","phase":"0","body":"00"}""");
        Advance(20);
        using var alice = Shuffled(LinkFaults.None.DoublingMessages());
        Advance(20);
        Assert.That(alice.TextsOf("message"), Has.Length.EqualTo(2));
        Assert.That(alice.TextsOf("pong"), Has.Length.EqualTo(1));
    }

    private static int[] Phases(RawLink link) =>
        [.. link.TextsOf("message").Select(text => int.Parse(text.Split("\"phase\":\"")[1].Split('"')[0], CultureInfo.InvariantCulture))];

    private RawLink Shuffled(LinkFaults? faults = null)
    {
        var link = Bound("alice", faults ?? new LinkFaults { ShufflesMessages = true });
        link.Say("""{"type":"claim","nameplate":"4"}""");
        Advance(20);
        link.Say($$"""{"type":"open","mailbox":"{{link.TextsOf("claimed").Single().Split('"')[7]}}"}""");
        link.Ping(1);
        Advance(20);
        return link;
    }
}
