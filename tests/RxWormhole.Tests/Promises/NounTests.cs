using System.Reactive;
using System.Reactive.Linq;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Promises;

/// <summary>Promises 4, 5 and 7: what nouns do, and how a session ends for who listens to them.</summary>
public sealed class NounTests : VirtualTimeFixture
{
    [Test]
    public void SubscribingToNouns_StartsNothing()
    {
        using var wormhole = Create("alice");
        var status = Record(wormhole.Status);
        Record(wormhole.Welcome);
        Record(wormhole.Code);
        Record(wormhole.Verifier);
        Record(wormhole.Versions);
        Record(wormhole.Messages);
        Record(wormhole.Checkpoints);
        Advance(600);
        Assert.That(Rendezvous.Transcript.Entries, Is.Empty);
        Assert.That(status.Values.Single(), Is.EqualTo(new WormholeStatus()));
    }

    [Test]
    public void LateSubscribers_GetWhatCameBefore()
    {
        var (a, b) = Paired(alice: options => options with { AppVersions = AppVersions.Parse("""{"a": 1}""") });
        b.Send("0");
        b.Send("1");
        Advance(1);
        var messages = Record(a.Messages);
        var again = Record(a.Messages);
        var (code, verifier, versions, welcome) = (Record(a.Code), Record(b.Verifier), Record(b.Versions), Record(a.Welcome));
        Advance(1);
        Assert.Multiple(() =>
        {
            Assert.That(messages.Values.Select(message => message.Text), Is.EqualTo(new[] { "0", "1" }));
            Assert.That(again.Values, Is.EqualTo(messages.Values));
            Assert.That(code.Values, Has.Count.EqualTo(1));
            Assert.That(verifier.Values, Has.Count.EqualTo(1));
            Assert.That(versions.Values.Single().Json, Is.EqualTo("""{"a": 1}"""));
            Assert.That(welcome.Values, Has.Count.EqualTo(1));
            Assert.That(new[] { code.IsCompleted, verifier.IsCompleted, versions.IsCompleted, welcome.IsCompleted }, Is.All.True, "so that await returns");
            Assert.That(messages.IsOver, Is.False);
        });
    }

    [Test]
    public void SessionFails_EveryNounFailsWithTheSameExceptionAndStatusCompletes()
    {
        using var wormhole = Create("alice");
        var (welcome, verifier, versions, messages) = (Record(wormhole.Welcome), Record(wormhole.Verifier), Record(wormhole.Versions), Record(wormhole.Messages));
        var (status, checkpoints) = (Record(wormhole.Status), Record(wormhole.Checkpoints));
        wormhole.SetCode("4-a-b").Subscribe();
        Advance(400);
        var last = status.Values[^1];
        Assert.Multiple(() =>
        {
            Assert.That(verifier.Error, Is.InstanceOf<WormholeTimeoutException>());
            Assert.That(new[] { versions.Error, messages.Error }, Is.All.SameAs(verifier.Error));
            Assert.That(welcome.Values, Has.Count.EqualTo(1), "it came before");
            Assert.That(status.IsCompleted && checkpoints.IsCompleted, Is.True);
            Assert.That(last.Stage, Is.EqualTo(WormholeStage.Ended));
            Assert.That(last.Outcome, Is.EqualTo(new WormholeOutcome(Mood.Lonely, (WormholeException)verifier.Error!)));
            Assert.That(last.ToString(), Does.StartWith("failed: ").And.Contain("did not come"));
        });
    }

    [Test]
    public void SessionIsClosed_MessagesCompleteAndWhatDidNotComeFails()
    {
        using var wormhole = Create("alice");
        var (verifier, messages, status) = (Record(wormhole.Verifier), Record(wormhole.Messages), Record(wormhole.Status));
        wormhole.SetCode("4-a-b").Subscribe();
        Advance(1);
        wormhole.Close().Subscribe();
        Advance(1);
        Assert.Multiple(() =>
        {
            Assert.That(verifier.Error, Is.InstanceOf<WormholeClosedException>());
            Assert.That(messages.IsCompleted, Is.True);
            Assert.That(status.Values[^1].Outcome, Is.EqualTo(new WormholeOutcome(Mood.Lonely, null)));
            Assert.That(status.Values[^1].ToString(), Is.EqualTo("ended"));
        });
    }

    [Test]
    public void WhatHadArrivedBeforeClose_StaysReadable()
    {
        var (a, b) = Paired();
        b.Send("0");
        b.Send("1");
        Advance(1);
        a.Close().Subscribe();
        Advance(1);
        var all = Record(a.Messages);
        var (first, second, third) = (Record(a.Receive()), Record(a.Receive()), Record(a.Receive()));
        Advance(1);
        Assert.Multiple(() =>
        {
            Assert.That(all.Values.Select(message => message.Text), Is.EqualTo(new[] { "0", "1" }));
            Assert.That(all.IsCompleted, Is.True);
            Assert.That(new[] { first, second }.Select(each => each.Values.Single().Text), Is.EqualTo(new[] { "0", "1" }));
            Assert.That(third.Error, Is.InstanceOf<WormholeClosedException>());
        });
    }

    [Test]
    public void Failure_IsAnnouncedBeforeItIsTidiedUp()
    {
        var (a, _) = Paired();
        var (messages, status) = (Record(a.Messages), Record(a.Status));

        // A slow link, so that tidying up takes a while.
        Rendezvous.Client("alice").Faults = new LinkFaults { Latency = TimeSpan.FromSeconds(1) };
        Rendezvous.Client("alice").Cut();
        Advance(10);
        a.Session.Step(() => a.Session.Fail(new WormholeException("broken", Mood.Errory)));
        Advance(0.01);
        Assert.Multiple(() =>
        {
            Assert.That(messages.Error, Is.Not.Null);
            Assert.That(status.Values[^1].Stage, Is.EqualTo(WormholeStage.Closing));
            Assert.That(status.Values[^1].Outcome!.Error, Is.SameAs(messages.Error));
            Assert.That(status.IsCompleted, Is.False);
        });
        Advance(5);
        Assert.That(status.IsCompleted, Is.True);
        Assert.That(Rendezvous.Transcript.ToString(), Does.Contain("errory"));
    }

    [Test]
    public void ObserverThatThrows_DisturbsNoOtherObserverAndNoLink()
    {
        var log = new LogRecorder();
        using var a = Wormhole.Create(Options("alice") with { Logger = log });
        a.Status.Subscribe(_ => throw new InvalidOperationException("mine"));
        a.Code.Subscribe(_ => throw new InvalidOperationException("mine too"));
        var (status, code) = (Record(a.Status), Record(a.Code));
        a.AllocateCode().Subscribe(_ => throw new InvalidOperationException("and mine"));
        Advance(1);
        Assert.Multiple(() =>
        {
            Assert.That(status.Values, Has.Count.GreaterThan(2));
            Assert.That(code.Values, Has.Count.EqualTo(1));
            Assert.That(log.Errors.Count(line => line.Contains("mine", StringComparison.Ordinal)), Is.EqualTo(3));
            Assert.That(Rendezvous.Client("alice").LinksOpen, Is.EqualTo(1));
        });
    }

    [Test]
    public void MissingErrorHandler_DisturbsNoTidyingUp()
    {
        var faults = new List<Exception>();
        using var a = Wormhole.Create(Options("alice") with { ObserverFaulted = faults.Add });
        a.Verifier.Subscribe(_ => { });
        a.Receive().Subscribe(_ => { });
        a.Send("x").Subscribe();
        var messages = Record(a.Messages);
        a.SetCode("4-a-b").Subscribe();
        Advance(400);
        Assert.Multiple(() =>
        {
            Assert.That(faults, Has.Count.EqualTo(3).And.All.SameAs(messages.Error));
            Assert.That(Rendezvous.Transcript.From("alice").Select(frame => frame.Type), Does.Contain("close"));
            PlainSession.AssertNothingLeft(Rendezvous);
        });
    }

    [Test]
    public void LostLink_IsAStatusAndNoError()
    {
        var (a, b) = Paired();
        var (status, messages) = (Record(a.Status), Record(a.Messages));
        Advance(0.1);
        Rendezvous.Client("alice").Cut();
        Advance(0.1);
        Assert.That(status.Values[^1].Link, Is.InstanceOf<LinkStatus.Lost>().With.Property("RetryIn").InRange(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(2.5)));
        Assert.That(status.Values[^1].ToString(), Does.Contain("connection lost").And.Contain("next attempt in"));
        Advance(5);
        b.Send("still there");
        Advance(1);
        Assert.That(status.Values[^1].Link, Is.InstanceOf<LinkStatus.Up>());
        Assert.That(messages.Values.Single().Text, Is.EqualTo("still there"));
    }

    [Test]
    public void Status_TellsTheStagesInOrder()
    {
        var a = Create("alice");
        var b = Create("bob");
        var status = Record(a.Status);
        var code = Record(a.AllocateCode());
        Advance(1);
        b.SetCode(code.Values[0]).Subscribe();
        Advance(1);
        a.Close().Subscribe();
        b.Close().Subscribe();
        Advance(1);
        Assert.That(status.Values.Select(each => each.Stage).Distinct(), Is.EqualTo(new[]
        {
            WormholeStage.Idle, WormholeStage.GettingCode, WormholeStage.WaitingForPeer, WormholeStage.Exchanging, WormholeStage.Paired,
            WormholeStage.Closing, WormholeStage.Ended,
        }));
        Assert.That(status.Values.Select(each => each.ToString()), Is.All.Not.Empty);
        Assert.That(status.Values.Zip(status.Values.Skip(1)).All(pair => pair.First != pair.Second), Is.True, "no status twice in a row");
    }

    [Test]
    public void Welcome_CarriesTheMessageOfTheDay()
    {
        Rendezvous.Welcome = new WelcomeInfo { Motd = "be nice" };
        using var a = Create("alice");
        var welcome = Record(a.Welcome);
        a.SetCode("4-a-b").Subscribe();
        Advance(1);
        Assert.That(welcome.Values.Single().Motd, Is.EqualTo("be nice"));
    }
}
