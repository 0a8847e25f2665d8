using System.Reactive.Concurrency;
using Microsoft.Reactive.Testing;

namespace RxWormhole.Testing.Tests;

/// <summary>A client that is cut off for a while and comes back.</summary>
public sealed class IsolationTests : RawFixture
{
    [Test]
    public void WhileIsolated_NothingArrivesAndNobodyIsTold_AllOfItComesWhenBack()
    {
        using var alice = Opened();
        using var bob = Opened("bob");
        alice.Say("""{"type":"add","phase":"0","body":"00"}""");
        Alice.Isolate();
        Assert.That(Alice.IsIsolated, Is.True);
        alice.Ping(1, 2);
        bob.Say("""{"type":"add","phase":"1","body":"00"}""");
        Advance(60_000);
        Assert.That((alice.IsOver, alice.TextsOf("message").Length, alice.TextsOf("pong").Length), Is.EqualTo((false, 0, 0)));
        Assert.That(bob.TextsOf("message"), Has.Length.EqualTo(1), "others go on");
        Alice.Rejoin();
        Assert.That(Alice.IsIsolated, Is.False);
        Advance(20);
        Assert.That(alice.Types[^4..], Is.EqualTo(new[] { "message", "message", "pong", "pong" }));
        Assert.That(alice.TextsOf("message")[0], Does.Contain("\"phase\":\"1\""), "what the server had sent");
        Assert.That(bob.TextsOf("message"), Has.Length.EqualTo(2));
        Assert.That(alice.Offences, Is.Empty);
    }

    [Test]
    public void BackBeforeItIsDue_FramesTakeTheirUsualTime()
    {
        using var link = Bound();
        link.Ping(1);
        Alice.Isolate();
        Advance(3);
        Alice.Rejoin();
        Advance(8);
        Assert.That(link.TimesOf("pong"), Is.EqualTo(new[] { 50.0 }));
    }

    [Test]
    public void Dials_AreNotAnsweredUntilBack()
    {
        Alice.Isolate();
        using var link = Dial();
        link.Bind("alice");
        Advance(60_000);
        Assert.That((link.IsOver, link.HasReceived, Alice.LinksOpen), Is.EqualTo((false, false, 1)));
        Alice.Rejoin();
        Advance(20);
        Assert.That(link.Texts, Has.Length.EqualTo(2));
    }

    [Test]
    public void DialThatIsGivenUpMeanwhile_NeverHappened()
    {
        Alice.Isolate();
        var link = Dial();
        link.Bind("alice");
        Advance(60_000);
        link.Dispose();
        Alice.Rejoin();
        Advance(60_000);
        Assert.That(Rendezvous.Transcript.From("alice"), Is.Empty);
        Assert.That(Rendezvous.LeftBehind, Is.Empty);
    }

    [Test]
    public void LinkThatWasGivenUp_ItsFramesComeAfterThoseOfANewOne()
    {
        var old = Opened();
        old.Say("""{"type":"add","phase":"0","body":"00"}""");
        Alice.Isolate();
        Advance(60_000);
        old.Dispose();
        Advance(1000);
        Alice.Rejoin();
        using var link = Opened();
        Assert.That(Rendezvous.LeftBehind.Last(), Does.EndWith("messages: 0"));
        Advance(2000);
        Assert.That(link.TextsOf("message"), Has.Length.EqualTo(1).And.All.Contains("\"phase\":\"0\""));
        Assert.That(Rendezvous.LeftBehind[0], Is.EqualTo("alice: open links: 1"));
        Assert.That(old.TextsOf("message"), Is.Empty);
    }

    [Test]
    public void LinkThatWasGivenUp_ComesAsLateAsIsAskedFor()
    {
        var old = Opened();
        Alice.Isolate();
        old.Say("""{"type":"add","phase":"0","body":"00"}""");
        old.Dispose();
        Advance(50);
        Alice.Rejoin(TimeSpan.FromMilliseconds(300));
        Advance(299);
        Assert.That(Rendezvous.LeftBehind.Last(), Does.EndWith("messages: 0"));
        Alice.Isolate();
        Advance(1000);
        Assert.That(Rendezvous.LeftBehind.Last(), Does.EndWith("messages: 0"), "isolated again");
        Alice.Rejoin(TimeSpan.Zero);
        Advance(1);
        Assert.That(Rendezvous.LeftBehind.Last(), Does.EndWith("messages: 1"));
        Assert.That(() => Alice.Rejoin(TimeSpan.FromTicks(-1)), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void IsolatedByWhoWatches_TheNextFrameOfTheSameInstantWaits()
    {
        using var link = Bound();
        using var watching = Rendezvous.Traffic.Subscribe(frame =>
        {
            if (frame.Text.Contains("\"ping\":1", StringComparison.Ordinal))
                Alice.Isolate();
        });
        link.Ping(1, 2);
        Advance(1000);
        Assert.That(Rendezvous.Transcript.From("alice").Count(frame => frame.Type == "ping"), Is.EqualTo(1));
        Alice.Rejoin();
        Advance(20);
        Assert.That(link.TextsOf("pong"), Has.Length.EqualTo(2));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void ServerStopsMeanwhile_IsLearnedWhenBack(bool isCrash)
    {
        using var alice = Opened();
        alice.Say("""{"type":"add","phase":"0","body":"00"}""");
        Alice.Isolate();
        Advance(10);
        if (isCrash)
            Rendezvous.Crash();
        else
            Rendezvous.Stop();
        Rendezvous.Start();
        Advance(1000);
        Assert.That(alice.IsOver, Is.False);
        Alice.Rejoin();
        Advance(20);
        Assert.That(alice.Error, Is.TypeOf<LinkException>());
        Assert.That(Rendezvous.LeftBehind.Last(), Does.EndWith("messages: 0"), "the new server knows nothing of that link");
        Assert.That(alice.Offences, Is.Empty);
    }

    [Test]
    public void Cut_TellsBothEndsEvenSo()
    {
        using var link = Bound();
        Alice.Isolate();
        Alice.Cut();
        Assert.That(link.Error, Is.TypeOf<LinkException>());
        Alice.Rejoin();
        Advance(20);
        Assert.That(link.Offences, Is.Empty);
        Assert.That(Rendezvous.LeftBehind, Is.Empty);
    }

    [Test]
    public void Twice_IsOnce()
    {
        Alice.Rejoin();
        Alice.Isolate();
        Alice.Isolate();
        Alice.Rejoin();
        Alice.Rejoin();
        Assert.That(Rendezvous.Transcript.Entries.Select(entry => entry.What), Is.EqualTo(new[] { "isolated", "rejoins" }));
    }

    [TestCase(30)]
    [TestCase(200)]
    public void IsolatedBehindAnyFrame_TheSessionsHearEachOther(int seconds)
    {
        for (var (behind, last) = (3, int.MaxValue); behind < last; behind++)
        {
            var (clock, seen) = (new TestScheduler(), 0);
            var rendezvous = new VirtualRendezvous(clock);
            var alice = rendezvous.Client("alice");
            using var watching = rendezvous.Traffic.Subscribe(_ =>
            {
                if (++seen != behind)
                    return;
                alice.Isolate();
                clock.Schedule(TimeSpan.FromSeconds(seconds), alice.Rejoin);
            });
            Assert.That(clock.Run(() => Talk.Between(rendezvous)), Is.EqualTo(new[] { "of bob", "of alice" }), () => rendezvous.Transcript.ToString());
            // A late claim may bring back a nameplate that both have released; nobody can tell, and it is gone when its time is over.
            clock.AdvanceInline(TimeSpan.FromMinutes(20));
            Assert.That(rendezvous.LeftBehind, Is.Empty, () => rendezvous.Transcript.ToString());
            last = seen;
        }
    }
}
