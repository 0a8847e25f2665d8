namespace RxWormhole.Testing.Tests;

/// <summary>What <see cref="LinkFaults"/> does to links made from then on.</summary>
public sealed class FaultTests : RawFixture
{
    [Test]
    public void Losing_TheFramesNeverArriveAndTheTranscriptSaysSo()
    {
        using var link = Dial(faults: LinkFaults.None.Losing(frame => frame.Text.Contains("\"ping\":2", StringComparison.Ordinal)));
        Advance(20);
        link.Ping(1, 2, 3);
        Advance(20);
        Assert.That(link.TextsOf("pong"), Has.Length.EqualTo(2).And.None.Contains(":2"));
        Assert.That(Rendezvous.Transcript.Entries.Single(entry => entry.What.Contains("lost", StringComparison.Ordinal)),
            Has.Property("What").EqualTo("→ ping 2, lost").And.Property("Frame").Null);
        Assert.That(Rendezvous.Transcript.From("alice").Count(), Is.EqualTo(2));
    }

    [Test]
    public void Losing_FramesOfTheServer()
    {
        using var link = Dial(faults: LinkFaults.None.Losing(frame => !frame.IsFromClient && frame.Type == "ack"));
        link.Ping(1);
        Advance(20);
        Assert.That(link.Texts, Has.Length.EqualTo(2).And.None.Contains("ack"));
    }

    [Test]
    public void Doubling_TheFramesArriveTwiceAndAreCountedSo()
    {
        using var link = Dial(faults: LinkFaults.None.Doubling(frame => frame.IsFromClient));
        link.Ping(1);
        Advance(20);
        Assert.That(link.TextsOf("pong"), Has.Length.EqualTo(2));
        Assert.That(Alice.Frames, Is.EqualTo(7), "a welcome, two pings, two acks, two pongs");
    }

    [Test]
    public void Changing_AnotherTextArrives()
    {
        using var link = Dial(faults: LinkFaults.None.Changing(frame => frame.Type == "ping", text => text.Replace("1", "8", StringComparison.Ordinal)));
        link.Ping(1);
        Advance(20);
        Assert.That(link.TextsOf("pong").Single(), Does.Contain("8"));
    }

    [Test]
    public void FaultsChained_ApplyInOrder()
    {
        var faults = LinkFaults.None
            .Doubling(frame => frame.Type == "ping")
            .Changing(frame => frame.Type == "ping", text => text.Replace("1", "2", StringComparison.Ordinal))
            .Losing(frame => frame.Text.Contains("\"ping\":1", StringComparison.Ordinal));
        using var link = Dial(faults: faults);
        link.Ping(1);
        Advance(20);
        Assert.That(link.TextsOf("pong"), Has.Length.EqualTo(2).And.All.Contains("2"));
    }

    [Test]
    public void Rewrite_OnlyTheBytesCount()
    {
        using var link = Dial(faults: new LinkFaults { Rewrite = frame => [new VirtualFrame("mallory", 9, false, frame.Bytes)] });
        link.Ping(1);
        Advance(20);
        Assert.That(link.Types, Is.EqualTo(new[] { "welcome", "pong" }));
        Assert.That(Rendezvous.Transcript.From("alice").Select(frame => frame.Link), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void Rewrite_LooksAtFramesAsTheyArrive()
    {
        var seen = 0;
        using var link = Dial(faults: new LinkFaults { Rewrite = frame => [frame with { Link = seen += frame.Type == "ping" ? 1 : 0 }] });
        Advance(20);
        link.Ping(1);
        Advance(4);
        Assert.That(seen, Is.Zero);
        Advance(2);
        Assert.That(seen, Is.EqualTo(1));
    }

    [Test]
    public void Rewrite_WhatItThrowsComesOutOfTheClockAndTheLinkGoesOn()
    {
        using var link = Dial(faults: new LinkFaults { Rewrite = frame => frame.Text.Contains('1') ? throw new ArithmeticException("mine") : [frame] });
        link.Ping(1, 2);
        Assert.That(() => Clock.AdvanceInline(TimeSpan.FromMilliseconds(20)), Throws.TypeOf<ArithmeticException>().With.Message.EqualTo("mine"));
        Advance(20);
        Assert.That(link.TextsOf("pong"), Has.Length.EqualTo(1));
    }

    [Test]
    public void Rewrite_ThatGivesNull_IsNamed()
    {
        using var link = Dial(faults: new LinkFaults { Rewrite = _ => null! });
        link.Ping(1);
        Assert.That(() => Clock.AdvanceInline(TimeSpan.FromMilliseconds(20)), Throws.InvalidOperationException.With.Message.Contains("LinkFaults.Rewrite"));
    }

    [Test]
    public void CutAfter_CutsBehindThatFrameOverAllLinks()
    {
        using var first = Dial(faults: new LinkFaults { CutAfter = [2, 5] });
        first.Ping(1, 2);
        Advance(20);
        // The welcome is on its way back when the pings are there: the second frame is a ping.
        Assert.That(first.Error, Is.TypeOf<LinkException>().With.Message.Contains("frame 2"));
        Assert.That(first.Types, Is.Empty, "what was on the way is lost");
        Assert.That((Alice.Frames, Alice.LinksOpen), Is.EqualTo((2, 0)));

        using var second = new RawLink(Rendezvous, Clock);
        Advance(20);
        second.Ping(3);
        Advance(20);
        Assert.That(second.Error, Is.TypeOf<LinkException>().With.Message.Contains("frame 5"));
        Assert.That(second.Texts, Has.Length.EqualTo(2), "the welcome and the ack, which was the fifth");
    }

    [Test]
    public void CuttingAfter_CutsBehindAFrameForWhichItHolds()
    {
        using var link = Dial(faults: LinkFaults.None.CuttingAfter(frame => frame.Type == "pong").CuttingAfter(frame => frame.Text.Contains("boo", StringComparison.Ordinal)));
        Advance(20);
        link.Ping(1, 2);
        Advance(20);
        Assert.That(link.Types, Is.EqualTo(new[] { "welcome", "pong" }));
        Assert.That(link.Error, Is.TypeOf<LinkException>().With.Message.EqualTo("the virtual link was cut after pong"));

        using var another = new RawLink(Rendezvous, Clock);
        Advance(20);
        another.Say("boo");
        Advance(20);
        Assert.That(another.Error, Is.Not.Null, "either predicate");
    }

    [Test]
    public void SilentAfter_NothingArrivesAnyMoreAndNobodyIsTold()
    {
        using var link = Dial(faults: new LinkFaults { SilentAfter = [3] });
        Advance(20);
        link.Ping(1);
        Advance(20);
        link.Ping(2);
        Advance(1000);
        Assert.That(link.Texts, Has.Length.EqualTo(2), "welcome, and the ack as the third frame");
        Assert.That(link.IsOver, Is.False);
        Assert.That((Alice.Frames, Alice.LinksOpen), Is.EqualTo((3, 1)));
    }

    [Test]
    public void FaultsSetLater_LeaveTheLinkThatThereIsAlone()
    {
        using var link = Dial();
        Advance(20);
        Alice.Faults = LinkFaults.None.Losing(_ => true);
        link.Ping(1);
        Advance(20);
        Assert.That(link.Types, Has.Some.EqualTo("pong"));
        using var next = new RawLink(Rendezvous, Clock);
        Advance(20);
        Assert.That(next.Types, Is.Empty);
    }
}
