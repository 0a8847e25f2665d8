using System.Reactive.Linq;

namespace RxWormhole.Tests.Record;

/// <summary>Rule 3, its first half: a session that ended writes a last checkpoint that says so and cannot be restored.</summary>
public sealed class EndedCheckpointTests : VirtualTimeFixture
{
    private readonly Drawer drawer = new();

    [SetUp]
    public void ClearJournal() => drawer.All.Clear();

    private static IEnumerable<TestCaseData> Endings()
    {
        yield return new TestCaseData((Action<Wormhole, EndedCheckpointTests>)((w, _) => w.Close())).SetArgDisplayNames("Close");
        yield return new TestCaseData((Action<Wormhole, EndedCheckpointTests>)((_, test) => test.Advance(400))).SetArgDisplayNames("Timeout");
        yield return new TestCaseData((Action<Wormhole, EndedCheckpointTests>)((_, test) =>
            test.Rendezvous.Client("alice").Faults = new Testing.LinkFaults { Rewrite = frame => [frame.With("nonsense")] })).SetArgDisplayNames("Failure");
        yield return new TestCaseData((Action<Wormhole, EndedCheckpointTests>)((w, test) =>
        {
            test.Rendezvous.Client("alice").Unplug();
            w.Close();
        })).SetArgDisplayNames("CloseWithoutALink");
    }

    [TestCaseSource(nameof(Endings))]
    public void SessionEnds_ItsLastCheckpointSaysSoAndIsRefused(Action<Wormhole, EndedCheckpointTests> end)
    {
        using var wormhole = Wormhole.Create(Options("alice") with { Journal = drawer.Store });
        var checkpoints = Record(wormhole.Checkpoints);
        wormhole.AllocateCode().Subscribe();
        Advance(1);
        Assert.That(drawer.All.Any(checkpoint => checkpoint.IsEnded), Is.False);
        end(wormhole, this);
        Rendezvous.Client("alice").Cut();
        Advance(10);
        Assert.Multiple(() =>
        {
            Assert.That(drawer.All.Count(checkpoint => checkpoint.IsEnded), Is.EqualTo(1), "one, the last");
            Assert.That(drawer.Latest.IsEnded, Is.True);
            Assert.That(checkpoints.Values[^1].IsEnded, Is.True);
            Assert.That(checkpoints.IsCompleted, Is.True);
            Assert.That(() => Wormhole.Restore(drawer.Latest, Options("alice")), Throws.ArgumentException.With.Message.Contain("has ended; begin a new one"));
        });
    }

    [Test]
    public void Dispose_WritesNothingAndWhatWasStoredIsRestored()
    {
        var (a, b) = Paired(options => options with { Journal = drawer.Store });
        var written = drawer.All.Count;
        a.Dispose();
        Advance(10);
        Assert.That(drawer.All, Has.Count.EqualTo(written));
        Assert.That(drawer.Latest.IsEnded, Is.False);
        using var restored = Wormhole.Restore(drawer.Latest, Options("alice") with { Journal = drawer.Store });
        restored.Resume().Subscribe();
        b.Send("still there");
        var received = Record(restored.Receive());
        Advance(1);
        Assert.That(received.Values.Single().Text, Is.EqualTo("still there"));
    }

    [Test]
    public void CheckpointsAskedForAfterTheEnd_TellItAndComplete([Values] bool isJournalled, [Values] bool wasWatched)
    {
        using var wormhole = Wormhole.Create(Options("alice") with { Journal = isJournalled ? drawer.Store : null });
        if (wasWatched)
            Record(wormhole.Checkpoints);
        wormhole.AllocateCode().Subscribe();
        Advance(1);
        wormhole.Close();
        Advance(1);
        var late = Record(wormhole.Checkpoints);
        Advance(1);
        Assert.That(Checkpoint.Parse(late.Values.Single().ToJson()).IsEnded, Is.True);
        Assert.That(late.IsCompleted, Is.True);
    }

    [Test]
    public void CheckpointsAskedForAfterDispose_AreNoneOrOneThatIsRestored([Values] bool isJournalled, [Values] bool wasWatched)
    {
        var wormhole = Wormhole.Create(Options("alice") with { Journal = isJournalled ? drawer.Store : null });
        var watched = wasWatched ? Record(wormhole.Checkpoints) : null;
        wormhole.SetCode("4-a-b").Subscribe();
        Advance(1);
        wormhole.Dispose();
        Advance(1);
        var late = Record(wormhole.Checkpoints);
        Advance(1);
        Assert.That(late.IsCompleted, Is.True);
        Assert.That(late.Values, Has.Count.EqualTo(isJournalled || wasWatched ? 1 : 0), "the secret is zeroed, so there is one only if it was made before");
        foreach (var json in late.Values.Select(checkpoint => checkpoint.ToJson()))
        {
            Assert.That(json, Is.EqualTo(watched?.Values[^1].ToJson() ?? drawer.All[^1].ToJson()));
            Assert.That(Wormhole.Restore(Checkpoint.Parse(json), Options("alice")), Is.Not.Null);
        }
    }

    [Test]
    public void CheckpointsOfAWormholeThatNeverBegan_AreNone()
    {
        using var wormhole = Create("alice");
        var checkpoints = Record(wormhole.Checkpoints);
        Advance(1);
        Assert.That(checkpoints.Notifications, Is.Empty);
        wormhole.Close();
        Advance(1);
        Assert.That(checkpoints.Values, Is.Empty);
        Assert.That(checkpoints.IsCompleted, Is.True);
    }

    [Test]
    public void CheckpointsOfARestoredWormhole_BeginWithTheOneItWasRestoredFrom()
    {
        using (var first = Wormhole.Create(Options("alice") with { Journal = drawer.Store }))
        {
            first.SetCode("4-a-b").Subscribe();
            Advance(1);
        }

        var json = drawer.All[^1].ToJson();
        using var restored = Wormhole.Restore(drawer.Latest, Options("alice") with { Journal = drawer.Store });
        restored.Resume().Subscribe();
        var checkpoints = Record(restored.Checkpoints);
        Advance(1);
        Assert.That(checkpoints.Values[0].ToJson(), Is.EqualTo(json));
    }
}
