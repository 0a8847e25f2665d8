using System.Reactive;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole.Tests.Record;

/// <summary>Rule 1, where the journal cannot do its part: the session ends and says so, and what was to follow does not happen.</summary>
public sealed class JournalFailureTests : VirtualTimeFixture
{
    private readonly List<Checkpoint> stored = [];
    private int calls;

    private static IEnumerable<TestCaseData> Failures()
    {
        yield return Failing("OnError", () => Observable.Throw<Unit>(new IOException("disk full")));
        yield return Failing("Throws", () => throw new IOException("disk full"));
        yield return Failing("Null", () => null!);

        static TestCaseData Failing(string name, Func<IObservable<Unit>> journal) => new TestCaseData(journal).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Failures))]
    public void JournalFails_TheSessionEndsErroryAndHangsUp(Func<IObservable<Unit>> failure)
    {
        using var wormhole = Wormhole.Create(Options("alice") with { Journal = JournalFailingAt(3, failure) });
        var (status, messages, checkpoints) = (Record(wormhole.Status), Record(wormhole.Messages), Record(wormhole.Checkpoints));
        var sent = Record(wormhole.Send("x"));
        wormhole.AllocateCode().Subscribe(_ => { }, _ => { });
        Advance(1);
        var outcome = status.Values[^1].Outcome!;
        Assert.Multiple(() =>
        {
            Assert.That(outcome.Mood, Is.EqualTo(Mood.Errory));
            Assert.That(outcome.Error!.Message, Does.Contain("journal"));
            Assert.That(status.IsCompleted && checkpoints.IsCompleted, Is.True);
            Assert.That(messages.Error, Is.SameAs(outcome.Error));
            Assert.That(sent.Error, Is.SameAs(outcome.Error));
            Assert.That(calls, Is.EqualTo(3), "nothing is written behind a failure");
            Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
            Assert.That(stored[^1].IsEnded, Is.False, "what was stored can be restored");
        });
        var closed = Record(wormhole.Close());
        Advance(1);
        Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(Mood.Errory, false)));
    }

    [Test]
    public void JournalReturnsNull_TheErrorSaysThatItDid()
    {
        using var wormhole = Wormhole.Create(Options("alice") with { Journal = _ => null! });
        var code = Record(wormhole.AllocateCode());
        Advance(1);
        Assert.That(code.Error!.ToString(), Does.Contain("The journal returned null."));
    }

    [Test]
    public void JournalFailsAtAnyCheckpoint_NothingWaitsForEverAndWhatIsStoredCanBeFinished([Values] LinkMode mode)
    {
        var isOver = false;
        for (var at = 1; !isOver; at++)
        {
            ClearContext();
            isOver = FinishDespiteFailureAt(at, mode);
            Assert.That(at, Is.LessThan(50));
            if (isOver)
                Assert.That(at, Is.GreaterThan(12));
        }
    }

    [Test]
    public void JournalFailsAtTheVeryLastCheckpoint_TheCloseStillSucceeds()
    {
        using var wormhole = Wormhole.Create(Options("alice") with
        {
            Journal = checkpoint => checkpoint.IsEnded ? Observable.Throw<Unit>(new IOException("disk full")) : Observable.Return(Unit.Default),
        });
        var status = Record(wormhole.Status);
        wormhole.AllocateCode().Subscribe();
        Advance(1);
        var closed = Record(wormhole.Close());
        Advance(1);
        Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(Mood.Lonely, true)));
        Assert.That(status.IsCompleted, Is.True);
        PlainSession.AssertNothingLeft(Rendezvous);
    }

    [Test]
    public void JournalNeverAnswers_DisposeHangsUpAllTheSame()
    {
        var wormhole = Wormhole.Create(Options("alice") with { Journal = _ => Observable.Never<Unit>() });
        var (status, code) = (Record(wormhole.Status), Record(wormhole.AllocateCode()));
        Advance(1);
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.EqualTo(1));
        wormhole.Dispose();
        Advance(1);
        Assert.Multiple(() =>
        {
            Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
            Assert.That(status.IsCompleted, Is.True);
            Assert.That(code.Error, Is.InstanceOf<WormholeClosedException>());
            Assert.That(Rendezvous.Transcript.From("alice"), Is.Empty, "what waits for the journal does not happen");
        });
    }

    // True where the journal was never asked that often.
    private bool FinishDespiteFailureAt(int at, LinkMode mode)
    {
        calls = 0;
        stored.Clear();
        var options = Options("alice") with { Mode = mode };
        using var bob = Create("bob");
        using var failing = Wormhole.Create(options with { Journal = JournalFailingAt(at, () => Observable.Throw<Unit>(new IOException())) });
        var code = Record(failing.SetCode("4-four-words"));
        bob.SetCode("4-four-words").Subscribe();
        var sent = Enumerable.Range(0, 3).Select(i => Record(failing.Send($"{i}"))).ToArray();
        bob.Send("theirs");
        var (received, closed) = (Record(failing.Receive()), Record(failing.Verifier.Delay(TimeSpan.FromSeconds(3), Clock).SelectMany(_ => failing.Close())));
        var theirs = Record(bob.Messages);
        Advance(20);
        var isFailed = calls >= at;
        Assert.That(sent.Select(each => each.IsOver), Is.All.True, $"failure at {at}");
        Assert.That(code.IsOver && received.IsOver && closed.IsOver, Is.True, $"failure at {at}");

        if (isFailed && stored.Count > 0 && !stored[^1].IsEnded)
        {
            using var restored = Wormhole.Restore(Checkpoint.Parse(stored[^1].ToJson()), options);
            for (var i = stored[^1].Accepted; i < 3; i++)
                restored.Send($"{i}");
            restored.Resume().Subscribe(_ => { }, _ => { });
            Advance(20);
            Record(restored.Close());
            Advance(5);
        }

        if (stored.Count > 0)
        {
            Assert.That(theirs.Values.Select(message => message.Text), Is.EqualTo(new[] { "0", "1", "2" }), $"failure at {at}");
            Record(bob.Close());
            Advance(5);
            PlainSession.AssertNothingLeft(Rendezvous);
        }

        return !isFailed;
    }

    private Func<Checkpoint, IObservable<Unit>> JournalFailingAt(int at, Func<IObservable<Unit>> failure) => checkpoint =>
    {
        if (++calls >= at)
            return failure();
        stored.Add(checkpoint);
        return Observable.Return(Unit.Default);
    };

    [SetUp]
    public void ClearJournal()
    {
        calls = 0;
        stored.Clear();
    }
}
