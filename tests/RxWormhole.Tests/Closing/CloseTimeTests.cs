using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Closing;

/// <summary>How long closing takes: five seconds at most, and no time while no link can be had.</summary>
[TestFixture(LinkMode.Push)]
[TestFixture(LinkMode.Poll)]
public sealed class CloseTimeTests(LinkMode mode) : ClosingFixture
{
    [Test]
    public void ServerDoesNotAnswer_FiveSecondsInAll()
    {
        Losing("release", "close");
        using var a = Waiting();
        var closed = Record(a.Close());
        Advance(10);
        Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(Mood.Lonely, false)));
        Assert.That(closed.EndedAt, Is.EqualTo(7).Within(0.001));
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
    }

    [Test]
    public void LinkIsHalfOpen_FiveSecondsInAll()
    {
        using var a = Waiting();
        Rendezvous.Client("alice").Faults = new LinkFaults { SilentAfter = Enumerable.Range(1, 1000).ToArray() };
        Rendezvous.Client("alice").Silence();
        var closed = Record(a.Close());
        Advance(10);
        Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(Mood.Lonely, false)));
        Assert.That(closed.EndedAt, Is.EqualTo(7).Within(0.001));
    }

    [Test]
    public void MessageTheServerDoesNotConfirm_FailsWhenClosingIsDone()
    {
        var (a, _) = Paired(options => options with { Mode = mode }, options => options with { Mode = mode });
        Losing("add", "close");
        Rendezvous.Client("alice").Cut();
        Advance(4);
        var begin = Now;
        var sent = Record(a.Send("lost on the way"));
        var closed = Record(a.Close());
        Advance(10);
        Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(Mood.Happy, false)));
        Assert.That(new[] { closed.EndedAt - begin, sent.EndedAt - begin }, Is.All.EqualTo(5).Within(0.001));
        Assert.That(sent.Error, Is.InstanceOf<WormholeClosedException>());
    }

    [Test]
    public void NoLinkCanBeHad_NoTimeAtAll()
    {
        using var a = Waiting();
        Rendezvous.Client("alice").Unplug();
        Advance(0.1);
        var begin = Now;
        var closed = Record(a.Close());
        Advance(10);
        Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(Mood.Lonely, false)));
        Assert.That(closed.EndedAt - begin, Is.LessThanOrEqualTo(0.02), "one attempt");
    }

    [Test]
    public void ServerGoesDownInTheMiddleOfClosing_NoTimeAtAll()
    {
        using var a = Waiting();
        Losing("close");
        Rendezvous.Client("alice").Cut();
        Advance(4);
        var begin = Now;
        var closed = Record(a.Close());
        Advance(1);
        Assert.That(closed.IsOver, Is.False);
        Rendezvous.Stop();
        Advance(1);
        Assert.That(closed.EndedAt - begin, Is.EqualTo(1).Within(0.02));
        Assert.That(closed.Values.Single().Acknowledged, Is.False);
    }

    [Test]
    public void DialThatNobodyAnswersWithNothingToGiveBack_NoTimeAtAll()
    {
        Rendezvous.Client("alice").Faults = new LinkFaults().Losing(_ => true);
        using var a = Wormhole.Create(Options("alice") with { Mode = mode });
        a.SetCode("4-a-b").Subscribe(_ => { }, _ => { });
        Advance(2);
        var closed = Record(a.Close());
        Advance(10);
        Assert.That(closed.EndedAt, Is.EqualTo(2).Within(0.001), "the server knows nothing of this session");
        Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(Mood.Lonely, true)));
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
    }

    [Test]
    public void EveryLinkIsCutWhileClosing_ThreeRedialsAndNoMore()
    {
        using var a = Waiting();
        var made = Rendezvous.Client("alice").LinksMade;
        var isOpen = Rendezvous.Client("alice").LinksOpen;

        // Each link gets as far as the welcome and bind.
        Rendezvous.Client("alice").Faults = new LinkFaults { CutAfter = Enumerable.Range(1, 500).Where(i => i % 2 == 0).ToArray() };
        Rendezvous.Client("alice").Cut();
        var closed = Record(a.Close());
        Advance(10);
        Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(Mood.Lonely, false)));
        Assert.That(closed.EndedAt, Is.LessThan(2.5));
        Assert.That(Rendezvous.Client("alice").LinksMade - made, Is.EqualTo(4 - isOpen).Or.EqualTo(4), "the first, and three more");
    }

    [Test]
    public void LinkIsCutOnceWhileClosing_TheNextOneFinishes()
    {
        using var a = Waiting();
        Losing("close");
        var closed = Record(a.Close());
        Advance(0.1);
        Rendezvous.Client("alice").Faults = LinkFaults.None;
        Rendezvous.Client("alice").Cut();
        Advance(0.5);
        Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(Mood.Lonely, true)), "no pause, and nothing of it is an error");
        PlainSession.AssertNothingLeft(Rendezvous);
    }

    // Alone, code set; at 2 s.
    private Wormhole Waiting()
    {
        var a = Wormhole.Create(Options("alice") with { Mode = mode });
        a.SetCode("4-a-b").Subscribe(_ => { }, _ => { });
        Advance(2);
        return a;
    }

    private void Losing(params string[] types) => Rendezvous.Client("alice").Faults =
        new LinkFaults().Losing(frame => frame.IsFromClient && types.Contains(frame.Type));
}
