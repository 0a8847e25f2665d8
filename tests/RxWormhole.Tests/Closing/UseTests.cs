using System.Reactive.Disposables;
using System.Reactive.Linq;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Closing;

/// <summary><see cref="Wormhole.Use"/>: a session for each subscription, closed whatever happens, and the close never spoils a result.</summary>
public sealed class UseTests : ClosingFixture
{
    [Test]
    public void EachSubscription_IsASessionOfItsOwn()
    {
        var made = new List<Wormhole>();
        var use = Wormhole.Use(Options("alice"), w =>
        {
            made.Add(w);
            return w.AllocateCode();
        });
        Advance(10);
        Assert.That(made, Is.Empty, "cold");
        var (one, other) = (Record(use), Record(use));
        Advance(1);
        Assert.That(made, Has.Count.EqualTo(2).And.Unique);
        Assert.That(one.Values.Single(), Is.Not.EqualTo(other.Values.Single()));
        Assert.That(one.IsCompleted && other.IsCompleted, Is.True);
        Assert.That(MoodsOf("alice"), Is.EqualTo(new[] { "lonely", "lonely" }).Or.Empty);
        AssertNothingLeftWhereItWasKnown();
    }

    [Test]
    public void Retry_BeginsANewSession()
    {
        var tries = 0;
        var use = Wormhole.Use(Options("alice"), w =>
            ++tries < 3 ? w.SetCode("4-a-b").SelectMany(_ => Observable.Throw<string>(new InvalidOperationException("mine"))) : w.SetCode("5-a-b"));
        var result = Record(use.Retry());
        Advance(10);
        Assert.That(result.Values, Is.EqualTo(new[] { "5-a-b" }));
        Assert.That(tries, Is.EqualTo(3));
        Assert.That(NameplatesLeft, Is.Zero);
    }

    [Test]
    public void WrongOptions_ThrowBeforeAnySubscription() =>
        Assert.That(() => Wormhole.Use(Options("alice") with { AppId = "" }, w => w.Code), Throws.ArgumentException);

    [TestCase(LinkMode.Push)]
    [TestCase(LinkMode.Poll)]
    public void ChainInQueryStyle_YieldsAndClosesHappy(LinkMode mode)
    {
        var code = new System.Reactive.Subjects.AsyncSubject<string>();
        var alice = Record(Wormhole.Use(Options("alice") with { Mode = mode }, w =>
            from text in w.AllocateCode().Do(text =>
            {
                code.OnNext(text);
                code.OnCompleted();
            })
            from _ in w.Send("from alice")
            from theirs in w.Receive()
            select theirs.Text));
        var bob = Record(Wormhole.Use(Options("bob") with { Mode = mode }, w =>
            from text in code
            from taken in w.SetCode(text)
            from _ in w.Send("from bob")
            from theirs in w.Receive()
            select theirs.Text));
        Advance(10);
        Assert.That(alice.Values.Concat(bob.Values), Is.EqualTo(new[] { "from bob", "from alice" }));
        Assert.That(alice.IsCompleted && bob.IsCompleted, Is.True);
        Assert.That(MoodsOf("alice").Concat(MoodsOf("bob")), Is.All.EqualTo("happy").And.Exactly(2).Items);
        PlainSession.AssertNothingLeft(Rendezvous);
    }

    [Test]
    public void ServerIsSilentAtClose_ResultComesAtOnceAndTheCompletionFiveSecondsLater()
    {
        Rendezvous.Client("alice").Faults = new LinkFaults().Losing(frame => frame is { IsFromClient: true, Type: "release" or "close" });
        var result = Record(Wormhole.Use(Options("alice"), w => w.SetCode("4-a-b").Delay(TimeSpan.FromSeconds(1), Clock)));
        Advance(10);
        Assert.That(result.Values, Is.EqualTo(new[] { "4-a-b" }));
        Assert.That(result.Notifications[0].At, Is.EqualTo(1).Within(0.001));
        Assert.That(result.IsCompleted, Is.True);
        Assert.That(result.EndedAt, Is.EqualTo(6).Within(0.001));
    }

    [Test]
    public void ServerIsUnreachableAtClose_ResultComesAndCompletes()
    {
        var result = Record(Wormhole.Use(Options("alice"), w => w.SetCode("4-a-b").Delay(TimeSpan.FromSeconds(1), Clock).Do(_ => Rendezvous.Stop())));
        Advance(10);
        Assert.That(result.Values, Is.EqualTo(new[] { "4-a-b" }));
        Assert.That(result.IsCompleted, Is.True);
        Assert.That(result.EndedAt, Is.LessThan(1.1));
    }

    [Test]
    public void ErrorOfTheQuery_PassesUnchangedAndFirstAndTheMoodIsErrory()
    {
        var mine = new InvalidOperationException("mine");
        var seen = new List<(int Closes, int Mailboxes)>();
        var result = Record(Wormhole.Use(Options("alice"), w => w.SetCode("4-a-b").Delay(TimeSpan.FromSeconds(1), Clock).SelectMany(_ => Observable.Throw<int>(mine)))
            .Do(_ => { }, _ => seen.Add((MoodsOf("alice").Length, MailboxesLeft))));
        Advance(5);
        Assert.Multiple(() =>
        {
            Assert.That(result.Error, Is.SameAs(mine));
            Assert.That(result.EndedAt, Is.EqualTo(1).Within(0.001));
            Assert.That(seen, Is.EqualTo(new[] { (0, 1) }));
            Assert.That(MoodsOf("alice"), Is.EqualTo(new[] { "errory" }));
            PlainSession.AssertNothingLeft(Rendezvous);
        });
    }

    [Test]
    public void ErrorOfTheSession_PassesUnchangedWithItsOwnMood()
    {
        var result = Record(Wormhole.Use(Options("alice"), w => w.SetCode("4-a-b").SelectMany(_ => w.Verifier)));
        Wormhole.Use(Options("bob"), w => w.SetCode("4-a-c").SelectMany(_ => w.Verifier)).Subscribe(_ => { }, _ => { });
        Advance(5);
        Assert.That(result.Error, Is.InstanceOf<WrongCodeException>());
        Assert.That(MoodsOf("alice").Concat(MoodsOf("bob")), Is.EqualTo(new[] { "scary", "scary" }));
        PlainSession.AssertNothingLeft(Rendezvous);
    }

    [Test]
    public void NobodyHandlesTheError_SessionIsClosedAllTheSame()
    {
        var faults = new List<Exception>();
        var options = Options("alice") with { ObserverFaulted = faults.Add };
        Wormhole.Use(options, w => w.SetCode("4-a-b").Delay(TimeSpan.FromSeconds(1), Clock).SelectMany(_ => w.AllocateCode())).Subscribe();
        Advance(5);
        Assert.That(faults.Single(), Is.InstanceOf<WormholeUsageException>());
        PlainSession.AssertNothingLeft(Rendezvous);
    }

    [TestCase(LinkMode.Push)]
    [TestCase(LinkMode.Poll)]
    public void LeftHalfWay_SessionIsClosedOnTheServer(LinkMode mode)
    {
        var result = Record(Wormhole.Use(Options("alice") with { Mode = mode }, w => w.SetCode("4-a-b").SelectMany(_ => w.Receive())), out var subscription);
        Advance(2);
        Assert.That(NameplatesLeft, Is.EqualTo(1));
        subscription.Dispose();
        Advance(1);
        Assert.That(result.Notifications, Is.Empty);
        Assert.That(MoodsOf("alice"), Is.EqualTo(new[] { "lonely" }));
        PlainSession.AssertNothingLeft(Rendezvous);
    }

    [Test]
    public void LeftAfterTheFirstValue_SessionIsClosedWithItsEarnedMood()
    {
        var (first, _) = (Record(Wormhole.Use(Options("alice"), w => w.SetCode("4-a-b").SelectMany(_ => w.Messages)).Take(1)), 0);
        using var b = Create("bob");
        b.SetCode("4-a-b").Subscribe();
        b.Send("0");
        b.Send("1");
        Advance(2);
        b.Close();
        Advance(2);
        Assert.That(first.Values.Single().Text, Is.EqualTo("0"));
        Assert.That(MoodsOf("alice"), Is.EqualTo(new[] { "happy" }));
        PlainSession.AssertNothingLeft(Rendezvous);
    }

    [Test]
    public void QueryThatThrowsWhenItIsBuilt_IsAnErrorOfTheQuery()
    {
        var mine = new InvalidOperationException("mine");
        Wormhole? made = null;
        var result = Record(Wormhole.Use<int>(Options("alice"), w =>
        {
            made = w;
            w.SetCode("4-a-b").Subscribe();
            throw mine;
        }));
        Advance(2);
        var closed = Record(made!.Close());
        Advance(1);
        Assert.That(result.Error, Is.SameAs(mine));
        Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(Mood.Errory, true)));
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
    }

    [Test]
    public void QueryThatThrowsWhenItIsBuiltAndNobodyHandlesIt_SessionIsClosedAllTheSame()
    {
        var use = Wormhole.Use<int>(Options("alice"), w =>
        {
            w.SetCode("4-a-b").Subscribe();
            throw new InvalidOperationException("mine");
        });
        Assert.That(() => use.Subscribe(), Throws.InvalidOperationException.With.Message.EqualTo("mine"));
        Advance(2);
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
    }

    [Test]
    public void QueryThatYieldsNothing_CompletesAndCloses()
    {
        var result = Record(Wormhole.Use(Options("alice"), w => w.SetCode("4-a-b").IgnoreElements().Delay(TimeSpan.FromSeconds(1), Clock)));
        Advance(5);
        Assert.That(result.Values, Is.Empty);
        Assert.That(result.IsCompleted, Is.True);
        Assert.That(MoodsOf("alice"), Is.EqualTo(new[] { "lonely" }));
    }

    [Test]
    public void QueryThatTouchesNothing_NeedsNoServer()
    {
        var result = Record(Wormhole.Use(Options("alice"), _ => Observable.Return(7)));
        Advance(1);
        Assert.That(result.Values, Is.EqualTo(new[] { 7 }));
        Assert.That(result.IsCompleted, Is.True);
        Assert.That(Rendezvous.Transcript.Entries, Is.Empty);
    }

    [Test]
    public void QueryThatClosesWithAMoodItself_KeepsIt()
    {
        var result = Record(Wormhole.Use(Options("alice"), w => w.SetCode("4-a-b").Delay(TimeSpan.FromSeconds(1), Clock).SelectMany(_ => w.Close(Mood.Scary)).Select(closed => closed.Mood)));
        Advance(5);
        Assert.That(result.Values, Is.EqualTo(new[] { Mood.Scary }));
        Assert.That(MoodsOf("alice"), Is.EqualTo(new[] { "scary" }));
    }

    [Test]
    public void LeftWhileItCloses_NothingMoreIsDeliveredAndClosingGoesOn()
    {
        Rendezvous.Client("alice").Faults = new LinkFaults { Latency = TimeSpan.FromMilliseconds(300) };
        using var subscription = new SerialDisposable();
        var result = new Recorder<string>(() => Now);
        subscription.Disposable = Wormhole.Use(Options("alice"), w => w.SetCode("4-a-b").Delay(TimeSpan.FromSeconds(5), Clock)).Subscribe(result);
        Advance(5.1);
        Assert.That(result.Values, Has.Count.EqualTo(1));
        subscription.Dispose();
        Advance(5);
        Assert.That(result.IsOver, Is.False);
        PlainSession.AssertNothingLeft(Rendezvous);
    }

    private void AssertNothingLeftWhereItWasKnown()
    {
        Assert.That(NameplatesLeft, Is.Zero);
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
    }
}
