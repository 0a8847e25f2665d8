using System.Reactive;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole.Tests.Closing;

/// <summary>Closing where every change waits for a journal.</summary>
public sealed class CloseWithAJournalTests : ClosingFixture
{
    [Test]
    public void JournalNeverAnswers_FiveSecondsInAll()
    {
        var isStuck = false;
        var (a, _) = Paired(options => options with { Journal = _ => isStuck ? Observable.Never<Unit>() : Observable.Return(Unit.Default) });
        var status = Record(a.Status);
        isStuck = true;
        var begin = Now;
        var sent = Record(a.Send("waits for the journal"));
        var closed = Record(a.Close());
        Advance(10);
        Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(Mood.Happy, false)));
        Assert.That(closed.EndedAt - begin, Is.EqualTo(5).Within(0.001));
        Assert.That(sent.Error, Is.InstanceOf<WormholeClosedException>());
        Assert.That(status.IsCompleted, Is.True);
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void JournalStopsAnswering_EveryVerbAndNounEndsAllTheSame(bool isDisposed)
    {
        var isStuck = false;
        var (a, b) = Paired(options => options with { Journal = _ => isStuck ? Observable.Never<Unit>() : Observable.Return(Unit.Default) });
        var sent = Record(a.Send("the server gets it"));
        isStuck = true;
        b.Send("kept back by the journal");
        Advance(1);
        var waiting = new[] { a.Messages.Select(_ => ""), a.Receive().Select(_ => ""), a.Send("x").Select(_ => ""), a.Status.Select(_ => ""), a.Checkpoints.Select(_ => "") }
            .Select(each => Record(each))
            .ToArray();
        a.Close();
        if (isDisposed)
            a.Dispose();
        Advance(isDisposed ? 0.001 : 5.001);
        Assert.That(waiting.Select(each => each.IsOver), Is.All.True);
        Assert.That(sent.IsOver, Is.True);
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
    }

    [Test]
    public void LastCheckpointIsNeverWritten_FiveSecondsInAll()
    {
        var (a, _) = Paired(options => options with { Journal = checkpoint => checkpoint.IsEnded ? Observable.Never<Unit>() : Observable.Return(Unit.Default) });
        var begin = Now;
        var closed = Record(a.Close());
        Advance(10);
        Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(Mood.Happy, true)));
        Assert.That(closed.EndedAt - begin, Is.EqualTo(5).Within(0.001));
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
    }

    [Test]
    public void WhatHadArrived_CanStillBeTakenAfterTheEndWithoutHarm()
    {
        var log = new LogRecorder();
        var written = new List<Checkpoint>();
        var (a, b) = Paired(options => options with
        {
            Logger = log,
            Journal = checkpoint =>
            {
                written.Add(checkpoint);
                return Observable.Return(Unit.Default);
            },
        });
        b.Send("0");
        Advance(1);
        a.Close();
        Advance(1);
        Assert.That(written[^1].IsEnded, Is.True);
        var count = written.Count;
        var taken = Record(a.Receive());
        Advance(1);
        Assert.That(taken.Values.Single().Text, Is.EqualTo("0"));
        Assert.That(written, Has.Count.EqualTo(count), "the last checkpoint is the last");
        Assert.That(log.Errors, Is.Empty);
    }

    [Test]
    public void LateSubscriberOfCheckpoints_GetsTheOneThatSaysItEnded()
    {
        var (a, _) = Paired();
        a.Close();
        Advance(1);
        var checkpoints = Record(a.Checkpoints);
        Advance(1);
        Assert.That(checkpoints.Values.Single().IsEnded, Is.True);
        Assert.That(checkpoints.IsCompleted, Is.True);
    }
}
