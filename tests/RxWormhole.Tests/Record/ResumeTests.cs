using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole.Tests.Record;

/// <summary>Restore and Resume: what they do, and what they refuse.</summary>
public sealed class ResumeTests : VirtualTimeFixture
{
    private readonly Drawer drawer = new();

    [SetUp]
    public void ClearJournal() => drawer.All.Clear();

    [Test]
    public void NewWormhole_HasNothingToResume()
    {
        using var wormhole = Create("alice");
        Assert.That(Failure(wormhole.Resume()), Does.Contain("nothing to resume"));
        Assert.That(Rendezvous.Transcript.Entries, Is.Empty);
    }

    [Test]
    public void SecondResume_IsRefusedAndDisturbsNothing()
    {
        using var restored = RestoredWithCode();
        var resume = restored.Resume();
        var code = Record(resume);
        Advance(1);
        Assert.That(Failure(restored.Resume()), Does.Contain("resumed already"));
        Assert.That(code.Values, Is.EqualTo(new[] { "4-a-b" }));
        Assert.That(Record(resume).Error, Is.Null, "subscribing once more to the same one is no second one");
        Advance(1);
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.EqualTo(1));
    }

    [Test]
    public void RestoredWormhole_TakesNoOtherCode()
    {
        using var restored = RestoredWithCode();
        Assert.That(Failure(restored.SetCode("4-a-b")), Does.Contain("Resume"));
        Assert.That(Failure(restored.AllocateCode()), Does.Contain("Resume"));
        Assert.That(Failure(restored.InputCode().ChooseNameplate("4")), Does.Contain("none can be typed"));
        Assert.That(Record(restored.Resume()).Error, Is.Null);
    }

    [Test]
    public void Restore_DoesNothingBeforeResume()
    {
        using var restored = RestoredWithCode();
        var entries = Rendezvous.Transcript.Entries.Count;
        var status = Record(restored.Status);
        Advance(1000);
        Assert.That(Rendezvous.Transcript.Entries, Has.Count.EqualTo(entries));
        Assert.That(status.Values, Has.Count.EqualTo(1));
    }

    [TestCase(LinkMode.Push)]
    [TestCase(LinkMode.Poll)]
    public void FirstDialFails_ResumeGoesOnTrying(LinkMode mode)
    {
        using var bob = Create("bob");
        bob.SetCode("4-a-b").Subscribe();
        using var restored = RestoredWithCode(mode);
        Rendezvous.Client("alice").Unplug();
        var (code, verifier, status) = (Record(restored.Resume()), Record(restored.Verifier), Record(restored.Status));
        Advance(20);
        Assert.That(code.Values, Is.EqualTo(new[] { "4-a-b" }));
        Assert.That(verifier.IsOver, Is.False);
        Assert.That(status.Values.Select(each => each.Link).OfType<LinkStatus.Lost>(), Is.Not.Empty);
        Rendezvous.Client("alice").PlugIn();
        Advance(60);
        Assert.That(verifier.Values, Has.Count.EqualTo(1));
    }

    [Test]
    public void RestoredInTheOtherMode_GoesOn([Values] LinkMode before)
    {
        using var bob = Create("bob");
        bob.SetCode("4-a-b").Subscribe();
        using (var first = Wormhole.Create(Options("alice") with { Mode = before, Journal = drawer.Store }))
        {
            first.SetCode("4-a-b").Subscribe();
            first.Send("0");
            Advance(5);
        }

        using var restored = Wormhole.Restore(drawer.Latest, Options("alice") with { Mode = before == LinkMode.Push ? LinkMode.Poll : LinkMode.Push });
        restored.Resume().Subscribe();
        var sent = Record(restored.Send("1"));
        var received = Record(bob.Messages);
        Advance(5);
        Assert.That(sent.Values, Is.EqualTo(new[] { 1 }));
        Assert.That(received.Values.Select(message => message.Text), Is.EqualTo(new[] { "0", "1" }));
    }

    [Test]
    public void HalfTypedCode_GoesOnWithInputCodeOnly()
    {
        using var bob = Create("bob");
        bob.SetCode("4-a-b").Subscribe();
        TypeTheNameplate();
        using var restored = Wormhole.Restore(drawer.Latest, Options("alice"));
        Assert.That(Failure(restored.Resume()), Does.Contain("InputCode"));
        var verifier = Record(restored.Verifier);
        var code = Record(restored.InputCode().ChooseWords("a-b"));
        Advance(5);
        Assert.That(code.Error, Is.Null);
        Assert.That(verifier.Values, Has.Count.EqualTo(1));
        Assert.That(Rendezvous.Transcript.From("alice").Count(frame => frame.Type == "claim"), Is.EqualTo(1));
    }

    [Test]
    public void HalfTypedCodeThatWasBeingClosed_IsClosed()
    {
        using var wormhole = TypeTheNameplate(dispose: false);
        wormhole.Close(Mood.Errory);
        Advance(0.001);
        Rendezvous.Client("alice").Unplug();
        Advance(1);
        var closing = drawer.All.First(checkpoint => checkpoint.ToRecord() is { Mood: not null, IsEnded: false });
        Rendezvous.Client("alice").PlugIn();
        using var restored = Wormhole.Restore(closing, Options("alice"));
        Assert.That(Failure(restored.InputCode().ChooseWords("a-b")), Does.Contain("none can be typed"));
        var (resumed, closed) = (Record(restored.Resume()), Record(restored.Status));
        Advance(1);
        Assert.That(resumed.Error, Is.InstanceOf<WormholeClosedException>(), "there never was a code");
        Assert.That(closed.Values[^1].Outcome, Is.EqualTo(new WormholeOutcome(Mood.Errory, null)));
        PlainSession.AssertNothingLeft(Rendezvous);
    }

    [TestCase(null, Mood.Happy)]
    [TestCase(Mood.Errory, Mood.Errory)]
    [TestCase(Mood.Scary, Mood.Scary)]
    public void CheckpointOfAClosingSession_GoesOnClosing(Mood? given, Mood expected)
    {
        var (a, b) = Paired(options => options with { Journal = drawer.Store });
        b.Close();
        Advance(1);
        a.Close(given);
        Advance(0.001);
        Rendezvous.Client("alice").Unplug();
        Assert.That(Rendezvous.Applications["example.com/test"].Mailboxes, Has.Count.EqualTo(1));
        Advance(1);
        var closing = drawer.All.Last(checkpoint => !checkpoint.IsEnded);
        Assert.That(closing.ToRecord().Mood, Is.EqualTo(expected));
        Rendezvous.Client("alice").PlugIn();

        using var restored = Wormhole.Restore(Checkpoint.Parse(closing.ToJson()), Options("alice"));
        var code = Record(restored.Resume());
        var closed = Record(restored.Close(Mood.Lonely));
        Advance(1);
        Assert.Multiple(() =>
        {
            Assert.That(code.Values, Has.Count.EqualTo(1));
            Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(expected, true)), "in the mood it began to close with");
            Assert.That(Failure(restored.Send("late"), typeof(WormholeClosedException)), Is.Not.Empty);
            Assert.That(
                Rendezvous.Transcript.From("alice").Select(frame => MessageCodec.ReadCommand(frame.Bytes.Span).Message).OfType<ClientMessage.Close>().Select(close => close.Mood),
                Is.EqualTo(new[] { expected.ToWire() }));
        });
        PlainSession.AssertNothingLeft(Rendezvous);
    }

    [Test]
    public void OptionsForAnotherApplication_AreRefused()
    {
        using var restored = RestoredWithCode();
        Assert.That(
            () => Wormhole.Restore(drawer.Latest, Rendezvous.OptionsFor("example.com/other", "alice")),
            Throws.ArgumentException.With.Message.Contain("another application"));
        Assert.That(() => Wormhole.Restore(drawer.Latest, Options("alice") with { Connector = null! }), Throws.ArgumentException);
        Assert.That(() => Wormhole.Restore(null!, Options("alice")), Throws.ArgumentNullException);
        Assert.That(() => Wormhole.Restore(drawer.Latest, null!), Throws.ArgumentNullException);
    }

    [Test]
    public void MessagesAcceptedAndSentByEarlierProcesses_CountAgainstTheBound()
    {
        using (var first = Wormhole.Create(Options("alice") with { Journal = drawer.Store }))
        {
            first.SetCode("4-a-b").Subscribe();
            first.Send(new byte[60]);
            Advance(1);
        }

        using var restored = Wormhole.Restore(drawer.Latest, Options("alice") with { Bounds = new WormholeBounds { MessageBytes = 60, SessionBytes = 100 } });
        restored.Resume().Subscribe();
        Assert.That(Failure(restored.Send(new byte[60])), Does.Contain("SessionBytes"));
    }

    [Test]
    public void MessagesOfEarlierProcesses_CountOnceAndWithoutTheirSeal()
    {
        var (a, b) = (Wormhole.Create(Options("alice") with { Journal = drawer.Store }), Create("bob"));
        a.SetCode("4-a-b").Subscribe();
        b.SetCode("4-a-b").Subscribe(_ => { }, _ => { });
        a.Send(new byte[60]);
        Advance(2);
        a.Dispose();
        using var restored = Wormhole.Restore(drawer.Latest, Options("alice") with { Bounds = new WormholeBounds { MessageBytes = 60, SessionBytes = 200 } });
        using (b)
        {
            var second = Record(restored.Send(new byte[60]));
            restored.Resume().Subscribe(_ => { }, _ => { });
            var third = Record(restored.Send(new byte[60]));
            Advance(5);
            Assert.That((second.Error, third.Error), Is.EqualTo(((Exception?)null, (Exception?)null)));
            Assert.That(Failure(restored.Send(new byte[21])), Does.Contain("SessionBytes"));
        }
    }

    [TestCase(LinkMode.Push)]
    [TestCase(LinkMode.Poll)]
    public void ClosedWithoutBeingResumed_IsLetGoAndCanBeRestoredAgain(LinkMode mode)
    {
        using (var first = Wormhole.Create(Options("alice") with { Journal = drawer.Store, Mode = mode }))
        {
            first.SetCode("4-a-b").Subscribe();
            Advance(1);
        }

        Advance(1);
        var restored = Wormhole.Restore(drawer.Latest, Options("alice") with { Mode = mode });
        var before = Rendezvous.Transcript.Entries.Count;
        var closed = Record(restored.Close());
        Advance(0.001);
        Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(Mood.Lonely, false)));
        Assert.That(Rendezvous.Transcript.Entries, Has.Count.EqualTo(before));
        using var again = Wormhole.Restore(drawer.Latest, Options("alice"));
        Assert.That(Record(again.Resume()).Error, Is.Null);
        Advance(1);
        again.Close();
        Advance(1);
        PlainSession.AssertNothingLeft(Rendezvous);
    }

    private Wormhole RestoredWithCode(LinkMode mode = LinkMode.Push)
    {
        using (var first = Wormhole.Create(Options("alice") with { Journal = drawer.Store }))
        {
            first.SetCode("4-a-b").Subscribe();
            Advance(0.007);
        }

        return Wormhole.Restore(drawer.Latest, Options("alice") with { Mode = mode });
    }

    private Wormhole TypeTheNameplate(bool dispose = true)
    {
        var wormhole = Wormhole.Create(Options("alice") with { Journal = drawer.Store });
        wormhole.InputCode().ChooseNameplate("4").Subscribe();
        Advance(1);
        if (dispose)
            wormhole.Dispose();
        Assert.That(drawer.LatestRecord.Mailbox, Is.Not.Null);
        return wormhole;
    }

    private string Failure<T>(IObservable<T> verb, Type? type = null)
    {
        var recorder = Record(verb);
        Advance(0.001);
        Assert.That(recorder.Error, Is.InstanceOf(type ?? typeof(WormholeUsageException)));
        return recorder.Error!.Message;
    }
}
