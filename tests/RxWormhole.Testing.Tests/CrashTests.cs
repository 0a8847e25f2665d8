using System.Reactive.Concurrency;
using Microsoft.Reactive.Testing;
using RxWormhole.Protocol;

namespace RxWormhole.Testing.Tests;

/// <summary>A server whose changes take a time to become durable: nobody hears of one before, and a crash loses it.</summary>
public sealed class CrashTests : RawFixture
{
    private static readonly VirtualRendezvousOptions Slow = new() { CommitDelay = TimeSpan.FromMilliseconds(100) };

    [Test]
    public void WhatFollowsFromAChange_ComesWhenItIsDurable()
    {
        StartServer(Slow);
        using var alice = Settled("alice");
        using var bob = Settled("bob");
        alice.Say("""{"type":"add","phase":"0","body":"00"}""");
        Advance(109);
        Assert.That(alice.TextsOf("message").Concat(bob.TextsOf("message")), Is.Empty);
        Assert.That(Messages, Is.EqualTo(1), "it was carried out at once");
        Advance(2);
        Assert.That(alice.TextsOf("message").Concat(bob.TextsOf("message")).ToArray(), Has.Length.EqualTo(2));
    }

    [Test]
    public void WhatNeedsNoStore_IsAnsweredAtOnceUnlessItStandsBehind()
    {
        StartServer(Slow);
        using var alice = Settled("alice");
        using var bob = Settled("bob");
        alice.Say("""{"type":"add","phase":"0","body":"00"}""");
        alice.Ping(1);
        bob.Ping(2);
        Advance(20);
        Assert.That((alice.Types.Contains("pong"), bob.Types.Contains("pong")), Is.EqualTo((false, true)));
        Advance(100);
        Assert.That(alice.Types[^2..], Is.EqualTo(new[] { "message", "pong" }));
        Assert.That(bob.Types[^2..], Is.EqualTo(new[] { "pong", "message" }));
    }

    [Test]
    public void WhatComesWhileOneIsWritten_IsWrittenTogether()
    {
        StartServer(Slow);
        using var alice = Settled("alice");
        using var bob = Settled("bob");
        var start = Clock.Clock;
        var times = new List<double>();
        using var watching = Rendezvous.Traffic.Subscribe(frame =>
        {
            if (frame is { Client: "bob", Type: "message" })
                times.Add(Math.Round(TimeSpan.FromTicks(Clock.Clock - start).TotalMilliseconds));
        });
        for (var i = 0; i < 4; i++)
        {
            (i % 2 == 0 ? alice : bob).Say($$"""{"type":"add","phase":"{{i}}","body":"00"}""");
            Advance(10);
        }

        Advance(1000);
        Assert.That(times, Is.EqualTo(new[] { 110, 210, 210, 210 }));
    }

    [Test]
    public void Crash_LosesWhatIsNotDurableAndKeepsWhatIs()
    {
        StartServer(Slow);
        using var alice = Settled("alice");
        foreach (var phase in new[] { "0", "1", "2" })
        {
            alice.Say($$"""{"type":"add","phase":"{{phase}}","body":"00"}""");
            Advance(60);
        }

        Rendezvous.Crash();
        Assert.That(alice.Error, Is.TypeOf<LinkException>());
        Assert.That(alice.TextsOf("message"), Has.Length.EqualTo(1));
        Assert.That(Messages, Is.EqualTo(1));
        Rendezvous.Start();
        Advance(1000);
        Assert.That(Messages, Is.EqualTo(1), "what was under way to the disk stays lost");
        Assert.That(Rendezvous.Transcript.ToString(), Does.Contain("the server crashes\n"));
    }

    [Test]
    public void Crash_BringsBackWhatWasClosed()
    {
        StartServer(Slow);
        using var alice = Settled("alice");
        alice.Say("""{"type":"add","phase":"0","body":"00"}""");
        Advance(300);
        alice.Say("""{"type":"release"}""", """{"type":"close"}""");
        Advance(20);
        Assert.That(Rendezvous.LeftBehind, Has.Count.EqualTo(1), "the link");
        Rendezvous.Crash();
        Assert.That(Rendezvous.LeftBehind, Has.Count.EqualTo(2));
        Assert.That(Messages, Is.EqualTo(1));
    }

    [Test]
    public void Stop_MakesEverythingDurable()
    {
        StartServer(Slow);
        using var alice = Settled("alice");
        alice.Say("""{"type":"add","phase":"0","body":"00"}""");
        Advance(20);
        Rendezvous.Restart();
        Advance(1000);
        Assert.That(Messages, Is.EqualTo(1));
        Assert.That(alice.TextsOf("message"), Is.Empty);
    }

    [Test]
    public void Crash_WhereEverythingIsDurable_IsAStop()
    {
        using var alice = Opened();
        alice.Say("""{"type":"add","phase":"0","body":"00"}""");
        Advance(6);
        Rendezvous.Crash();
        Rendezvous.Crash();
        Rendezvous.Start();
        Assert.That(Messages, Is.EqualTo(1));
    }

    [Test]
    public void ServerThatAnswersTooSoon_LosesWhatItPromised()
    {
        StartServer(Slow with { Answers = new Hasty() });
        using var alice = Settled("alice");
        alice.Say("""{"type":"add","phase":"0","body":"00"}""");
        Advance(20);
        Assert.That(alice.TextsOf("message"), Has.Length.EqualTo(1));
        Rendezvous.Crash();
        Assert.That(Messages, Is.Zero);
    }

    [TestCase(0)]
    [TestCase(100)]
    public void ServerThatCarriesOutSomethingElse_DoesSo(int commitDelay)
    {
        StartServer(new VirtualRendezvousOptions
        {
            CommitDelay = TimeSpan.FromMilliseconds(commitDelay),
            Run = (store, operation, context) => operation is Operation.Add
                ? new OperationResult(null, "not today")
                : MailboxOperations.Run(store, operation, context),
        });
        using var alice = Settled("alice");
        alice.Say("""{"type":"add","phase":"0","body":"00"}""");
        Advance(300);
        Assert.That(alice.TextsOf("error").Single(), Does.Contain("not today"));
    }

    [Test]
    public void CrashBehindAnyFrame_TheSessionsHearEachOther()
    {
        var behind = 0;
        while (true)
        {
            behind++;
            var (clock, seen) = (new TestScheduler(), 0);
            var rendezvous = new VirtualRendezvous(clock, new VirtualRendezvousOptions { CommitDelay = TimeSpan.FromMilliseconds(20) });
            using var watching = rendezvous.Traffic.Subscribe(frame =>
            {
                // From when bob is there: in push mode a session whose very first link cannot be made ends at once.
                if ((seen == 0 && frame.Client != "bob") || ++seen != behind)
                    return;
                rendezvous.Crash();
                clock.Schedule(TimeSpan.FromMilliseconds(500), () => rendezvous.Start());
            });
            Assert.That(clock.Run(() => Talk.Between(rendezvous)), Is.EqualTo(new[] { "of bob", "of alice" }), () => rendezvous.Transcript.ToString());
            if (seen < behind)
                break;
        }

        Assert.That(behind, Is.GreaterThan(40));
    }

    private int Messages => Rendezvous.Applications.Values.SelectMany(each => each.Mailboxes.SelectMany(id => each.Read(id))).Count();

    /// <summary>A link that is subscribed to the mailbox of nameplate 4, with everything on the disk.</summary>
    private RawLink Settled(string client)
    {
        var link = Bound(client);
        link.Say("""{"type":"claim","nameplate":"4"}""");
        Advance(300);
        link.Say($$"""{"type":"open","mailbox":"{{link.TextsOf("claimed").Single().Split('"')[7]}}"}""");
        Advance(300);
        return link;
    }

    private sealed class Hasty : AnswerRule
    {
        internal override bool Waits(int connection, Delivery delivery) => false;
    }
}
