using System.Reactive;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole.Tests.Closing;

/// <summary>What closing does on the server, and what it leaves to the application.</summary>
[TestFixture(LinkMode.Push)]
[TestFixture(LinkMode.Poll)]
public sealed class CloseTests(LinkMode mode) : ClosingFixture
{
    [Test]
    public void WhatWasAcceptedBefore_IsFlushed()
    {
        var (a, b) = Paired(In, In);
        var received = Record(b.Messages);
        var sent = Enumerable.Range(0, 3).Select(i => Record(a.Send($"{i}"))).ToArray();
        var closed = Record(a.Close());
        Advance(2);
        Assert.Multiple(() =>
        {
            Assert.That(received.Values.Select(message => message.Text), Is.EqualTo(new[] { "0", "1", "2" }));
            Assert.That(sent.Select(each => each.Values.Single()), Is.EqualTo(new[] { 0, 1, 2 }), "what the server confirmed was not lost");
            Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(Mood.Happy, true)));
            Assert.That(TypesOf("alice").Last(), Is.EqualTo("close"));
        });
    }

    [Test]
    public void WhatWasAcceptedWhileTheLinkWasLost_IsFlushedOnTheNext()
    {
        var (a, b) = Paired(In, In);
        var received = Record(b.Messages);
        Rendezvous.Client("alice").Cut();
        Advance(0.1);
        var begin = Now;
        var sent = Record(a.Send("late"));
        var closed = Record(a.Close());
        Advance(1);
        Assert.Multiple(() =>
        {
            Assert.That(closed.Values.Single().Acknowledged, Is.True);
            Assert.That(closed.EndedAt - begin, Is.LessThan(0.1), "closing does not wait for the end of a pause");
            Assert.That(sent.Values, Is.EqualTo(new[] { 0 }));
            Assert.That(received.Values.Single().Text, Is.EqualTo("late"));
        });
    }

    [Test]
    public void WhatCannotBeReadByAnybody_IsNotFlushedAndFails()
    {
        using var a = Wormhole.Create(In(Options("alice")));
        a.SetCode("4-a-b").Subscribe();
        var sent = Record(a.Send("never paired"));
        Advance(2);
        var closed = Record(a.Close());
        Advance(1);
        Assert.That(sent.Error, Is.InstanceOf<WormholeClosedException>());
        Assert.That(sent.EndedAt, Is.EqualTo(2).Within(0.001), "at once");
        Assert.That(closed.Values.Single().Acknowledged, Is.True);
    }

    [Test]
    public void BothClose_NothingIsLeftOnTheServer()
    {
        var (a, b) = Paired(In, In);
        var closed = new[] { Record(a.Close()), Record(b.Close()) };
        Advance(1);
        Assert.That(closed.SelectMany(each => each.Values), Has.Exactly(2).Property("Acknowledged").True);
        PlainSession.AssertNothingLeft(Rendezvous);
    }

    [Test]
    public void AcknowledgedClose_LeavesTheLinkAtOnce()
    {
        var (a, _) = Paired(In, In);
        Record(a.Close()).OnValue = _ => Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
        Advance(0.5);
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
    }

    [Test]
    public void CloseBeforeAnyVerb_NeedsNoServer()
    {
        using var a = Wormhole.Create(In(Options("alice")));
        var (closed, status) = (Record(a.Close()), Record(a.Status));
        Advance(0.01);
        Assert.Multiple(() =>
        {
            Assert.That(closed.Values, Is.EqualTo(new[] { new CloseResult(Mood.Lonely, true) }));
            Assert.That(closed.EndedAt, Is.Zero);
            Assert.That(status.IsCompleted, Is.True);
            Assert.That(Rendezvous.Transcript.Entries, Is.Empty);
        });
    }

    [Test]
    public void CloseThatNobodySubscribesTo_ClosesAllTheSame()
    {
        var (a, b) = Paired(In, In);
        a.Close();
        b.Close();
        Advance(1);
        PlainSession.AssertNothingLeft(Rendezvous);
    }

    [Test]
    public void AfterClose_NewVerbsFailAndTheServerSeesNothingOfThem()
    {
        var (a, _) = Paired(In, In);
        a.Close();
        var whileClosing = Verbs(a);
        Advance(1);
        var frames = Rendezvous.Transcript.From("alice").Count();
        var after = Verbs(a);
        Advance(10);
        Assert.That(whileClosing.Concat(after).Select(each => each.Error), Is.All.InstanceOf<WormholeClosedException>());
        Assert.That(Rendezvous.Transcript.From("alice").Count(), Is.EqualTo(frames));
        Assert.That(TypesOf("alice").Count(type => type == "add"), Is.EqualTo(2), "pake and version");
    }

    [Test]
    public void NounsThatHadCome_StayReadableAndOthersFail()
    {
        using var a = Wormhole.Create(In(Options("alice")));
        var code = Record(a.SetCode("4-a-b"));
        Advance(2);
        a.Close();
        Advance(1);
        var (welcome, again, verifier, versions, messages) = (Record(a.Welcome), Record(a.Code), Record(a.Verifier), Record(a.Versions), Record(a.Messages));
        Advance(1);
        Assert.Multiple(() =>
        {
            Assert.That(welcome.Values, Has.Count.EqualTo(1));
            Assert.That(again.Values, Is.EqualTo(code.Values));
            Assert.That(verifier.Error, Is.InstanceOf<WormholeClosedException>());
            Assert.That(versions.Error, Is.SameAs(verifier.Error));
            Assert.That(messages.IsCompleted, Is.True);
        });
    }

    [Test]
    public void LateSubscriberOfStatus_GetsTheLastOne()
    {
        var (a, _) = Paired(In, In);
        a.Close(Mood.Scary);
        Advance(1);
        var status = Record(a.Status);
        Advance(1);
        Assert.That(status.Values.Single(), Has.Property("Stage").EqualTo(WormholeStage.Ended).And.Property("Outcome").EqualTo(new WormholeOutcome(Mood.Scary, null)));
        Assert.That(status.IsCompleted, Is.True);
    }

    [Test]
    public void FailedSession_IsAnnouncedBeforeTheServerHears()
    {
        var (a, _) = Paired(In, In);
        var seen = new List<(int Mailboxes, int Closes)>();
        foreach (var failing in new[] { a.Messages.Select(_ => 0), a.Receive().Select(_ => 0) })
            failing.Subscribe(_ => { }, _ => seen.Add((MailboxesLeft, MoodsOf("alice").Length)));
        a.Session.Step(() => a.Session.Fail(new WormholeException("broken", Mood.Errory)));
        var closed = Record(a.Close());
        Advance(2);
        Assert.That(seen, Is.EqualTo(new[] { (1, 0), (1, 0) }));
        Assert.That(MoodsOf("alice"), Is.EqualTo(new[] { "errory" }));
        Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(Mood.Errory, true)), "a failed session closes without an error of its own");
    }

    private Recorder<Unit>[] Verbs(Wormhole a) =>
    [
        Record(a.Send("too late").Select(_ => Unit.Default)),
        Record(a.Receive().Select(_ => Unit.Default)),
        Record(a.AllocateCode().Select(_ => Unit.Default)),
        Record(a.SetCode("5-a-b").Select(_ => Unit.Default)),
        Record(a.Resume().Select(_ => Unit.Default)),
        Record(a.DeriveKey("p", 8).Select(_ => Unit.Default)),
        Record(a.InputCode().Refresh().Select(_ => Unit.Default)),
        Record(a.InputCode().ChooseNameplate("5")),
    ];

    private WormholeOptions In(WormholeOptions options) => options with { Mode = mode };
}
