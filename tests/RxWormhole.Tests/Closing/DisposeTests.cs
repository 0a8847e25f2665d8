using System.Reactive;
using System.Reactive.Linq;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Closing;

/// <summary><c>Dispose</c> hangs up now; <c>DisposeAsync</c> closes politely.</summary>
[TestFixture(LinkMode.Push)]
[TestFixture(LinkMode.Poll)]
public sealed class DisposeTests(LinkMode mode) : ClosingFixture
{
    [Test]
    public void Dispose_HangsUpNowAndTheServerIsToldNothing()
    {
        var (a, _) = Paired(In, In);
        var (checkpoints, status, messages) = (Record(a.Checkpoints), Record(a.Status), Record(a.Messages));
        Advance(0.1);
        a.Dispose();
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero, "at once, without any time");
        Advance(10);
        Assert.Multiple(() =>
        {
            Assert.That(MoodsOf("alice"), Is.Empty);
            Assert.That(MailboxesLeft, Is.EqualTo(1));
            Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
            Assert.That(checkpoints.Values[^1].IsEnded, Is.False, "it can be restored");
            Assert.That(checkpoints.IsCompleted && status.IsCompleted && messages.IsCompleted, Is.True);
            Assert.That(status.Values[^1].Outcome, Is.EqualTo(new WormholeOutcome(Mood.Happy, null)));
            Assert.That(() => Wormhole.Restore(checkpoints.Values[^1], In(Options("alice"))), Throws.Nothing);
        });
    }

    [Test]
    public void Dispose_WaitingVerbsAndNounsFail()
    {
        using var a = Wormhole.Create(In(Options("alice")));
        a.SetCode("4-a-b").Subscribe();
        var waiting = Waiting(a);
        Advance(2);
        a.Dispose();
        Advance(0.001);
        Assert.That(waiting.Select(each => each.Error), Is.All.InstanceOf<WormholeClosedException>());
    }

    [Test]
    public void AfterDispose_EverythingFailsClearlyAndNothingIsDialled()
    {
        var a = Wormhole.Create(In(Options("alice")));
        a.Dispose();
        var late = Waiting(a).Concat(
        [
            Record(a.AllocateCode().Select(_ => Unit.Default)), Record(a.SetCode("4-a-b").Select(_ => Unit.Default)), Record(a.Resume().Select(_ => Unit.Default)),
            Record(a.Code.Select(_ => Unit.Default)), Record(a.Welcome.Select(_ => Unit.Default)), Record(a.InputCode().ChooseNameplate("4")),
        ]).ToArray();
        var (messages, status, closed) = (Record(a.Messages), Record(a.Status), Record(a.Close()));
        Advance(60);
        Assert.Multiple(() =>
        {
            Assert.That(late.Select(each => each.Error), Is.All.InstanceOf<WormholeClosedException>().And.All.Message.Contains("closed"));
            Assert.That(messages.IsCompleted && status.IsCompleted, Is.True);
            Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(Mood.Lonely, false)));
            Assert.That(Rendezvous.Transcript.Entries, Is.Empty);
        });
    }

    [Test]
    public void DisposedTwiceAndClosedInBetween_ChangesNothing()
    {
        var (a, _) = Paired(In, In);
        a.Dispose();
        a.Close(Mood.Scary);
        a.Dispose();
        var disposing = a.DisposeAsync().AsTask();
        Advance(10);
        Assert.That(disposing.IsCompletedSuccessfully, Is.True);
        Assert.That(MoodsOf("alice"), Is.Empty);
    }

    [Test]
    public void DisposeInTheMiddleOfClosing_EndsIt()
    {
        Rendezvous.Client("alice").Faults = new LinkFaults().Losing(frame => frame is { IsFromClient: true, Type: "close" or "release" });
        using var a = Wormhole.Create(In(Options("alice")));
        a.SetCode("4-a-b").Subscribe();
        Advance(2);
        var closed = Record(a.Close());
        Advance(1);
        Assert.That(closed.IsOver, Is.False);
        a.Dispose();
        Advance(0.001);
        Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(Mood.Lonely, false)));
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
    }

    [Test]
    public void DisposeAsync_ClosesPolitely()
    {
        var (a, b) = Paired(In, In);
        var received = Record(b.Messages);
        a.Send("accepted");
        var disposing = a.DisposeAsync().AsTask();
        Assert.That(disposing.IsCompleted, Is.False);
        Advance(2);
        Assert.That(disposing.IsCompletedSuccessfully, Is.True);
        Assert.That(MoodsOf("alice"), Is.EqualTo(new[] { "happy" }));
        Assert.That(received.Values.Single().Text, Is.EqualTo("accepted"));
        var again = a.DisposeAsync().AsTask();
        Advance(0.001);
        Assert.That(again.IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public void DisposeAsyncWithASilentServer_TakesFiveSeconds()
    {
        Rendezvous.Client("alice").Faults = new LinkFaults().Losing(frame => frame is { IsFromClient: true, Type: "close" or "release" });
        var a = Wormhole.Create(In(Options("alice")));
        a.SetCode("4-a-b").Subscribe();
        Advance(2);
        var disposing = a.DisposeAsync().AsTask();
        Advance(4.99);
        Assert.That(disposing.IsCompleted, Is.False);
        Advance(0.02);
        Assert.That(disposing.IsCompletedSuccessfully, Is.True);
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
    }

    [Test]
    public void DisposeAsyncWithoutALink_TakesNoTime()
    {
        var a = Wormhole.Create(In(Options("alice")));
        a.SetCode("4-a-b").Subscribe();
        Advance(2);
        Rendezvous.Stop();
        Advance(1);
        var disposing = a.DisposeAsync().AsTask();
        Advance(0.02);
        Assert.That(disposing.IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public void DisposeAsyncBeforeAnyVerb_TakesNoTime()
    {
        var disposing = Wormhole.Create(In(Options("alice"))).DisposeAsync().AsTask();
        Advance(0.001);
        Assert.That(disposing.IsCompletedSuccessfully, Is.True);
        Assert.That(Rendezvous.Transcript.Entries, Is.Empty);
    }

    [Test]
    public void DisposeAsyncAfterTheDeadline_TakesNoTime()
    {
        var a = Wormhole.Create(In(Options("alice")) with { Timeout = TimeSpan.FromSeconds(30) });
        a.SetCode("4-a-b").Subscribe(_ => { }, _ => { });
        Advance(31);
        var disposing = a.DisposeAsync().AsTask();
        Advance(0.001);
        Assert.That(disposing.IsCompletedSuccessfully, Is.True);
        PlainSession.AssertNothingLeft(Rendezvous);
    }

    [Test]
    public void DisposeAsyncAfterTheDeadlineWithASilentServer_TakesNoTimeAndTidiesUpBehindIt()
    {
        Rendezvous.Client("alice").Faults = new LinkFaults().Losing(frame => frame is { IsFromClient: true, Type: "close" });
        var a = Wormhole.Create(In(Options("alice")) with { Timeout = TimeSpan.FromSeconds(30) });
        a.SetCode("4-a-b").Subscribe(_ => { }, _ => { });
        Advance(30.001);
        var disposing = a.DisposeAsync().AsTask();
        Advance(0.001);
        Assert.That(disposing.IsCompletedSuccessfully, Is.True);
        Advance(1);
        Assert.That(Rendezvous.Transcript.ToString(), Does.Contain("release").And.Contain("close"), "both were said");
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.EqualTo(1));
        Advance(4);
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
    }

    [Test]
    public void DeadlineWhileDisposing_ChangesNothing()
    {
        Rendezvous.Client("alice").Faults = new LinkFaults().Losing(frame => frame is { IsFromClient: true, Type: "close" });
        var a = Wormhole.Create(In(Options("alice")) with { Timeout = TimeSpan.FromSeconds(30) });
        a.SetCode("4-a-b").Subscribe(_ => { }, _ => { });
        Advance(28);
        var disposing = a.DisposeAsync().AsTask();
        Advance(4.9);
        Assert.That(disposing.IsCompleted, Is.False, "closing had begun in time and has its five seconds");
        Advance(0.2);
        Assert.That(disposing.IsCompletedSuccessfully, Is.True);
    }

    private Recorder<Unit>[] Waiting(Wormhole a) =>
    [
        Record(a.Send("x").Select(_ => Unit.Default)), Record(a.Receive().Select(_ => Unit.Default)), Record(a.DeriveKey("p", 8).Select(_ => Unit.Default)),
        Record(a.Verifier.Select(_ => Unit.Default)), Record(a.Versions.Select(_ => Unit.Default)),
    ];

    private WormholeOptions In(WormholeOptions options) => options with { Mode = mode };
}
