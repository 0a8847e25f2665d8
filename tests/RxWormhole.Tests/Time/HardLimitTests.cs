using System.Reactive.Linq;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Time;

/// <summary>Promise 6: one timer for the session, from the first verb on.</summary>
[TestFixture(LinkMode.Push)]
[TestFixture(LinkMode.Poll)]
public sealed class HardLimitTests(LinkMode mode) : VirtualTimeFixture
{
    [Test]
    public void TrafficAndLostLinks_DoNotRestartTheLimit()
    {
        using var a = Wormhole.Create(In(Options("alice")));
        using var b = Wormhole.Create(In(Options("bob")) with { Timeout = System.Threading.Timeout.InfiniteTimeSpan });
        var messages = Record(a.Messages);
        a.SetCode("4-a-b").Subscribe();
        b.SetCode("4-a-b").Subscribe();
        for (var second = 0; second < 299; second++)
        {
            Advance(1);
            b.Send($"{second}");
            a.Send($"{second}").Subscribe(_ => { }, _ => { });
            if (second % 50 == 49)
                Rendezvous.Client("alice").Cut();
        }

        Assert.That(messages.IsOver, Is.False);
        Advance(2);
        Assert.Multiple(() =>
        {
            Assert.That(messages.EndedAt, Is.EqualTo(300).Within(0.001));
            Assert.That(messages.Error, Is.InstanceOf<WormholeTimeoutException>().With.Property("Mood").EqualTo(Mood.Errory), "it was paired");
            Assert.That(((WormholeTimeoutException)messages.Error!).Limit, Is.EqualTo(TimeSpan.FromMinutes(5)));
            Assert.That(messages.Error!.Message, Does.Contain("not closed before"));
            Assert.That(messages.Values, Has.Count.GreaterThan(290));
        });
    }

    [Test]
    public void NobodyCame_MoodIsLonely()
    {
        using var a = Wormhole.Create(In(Options("alice")));
        var verifier = Record(a.Verifier);
        a.SetCode("4-a-b").Subscribe();
        Advance(301);
        Assert.That(verifier.EndedAt, Is.EqualTo(300).Within(0.001));
        Assert.That(verifier.Error, Is.InstanceOf<WormholeTimeoutException>().With.Property("Mood").EqualTo(Mood.Lonely).And.Message.Contains("did not come"));
        Assert.That(Rendezvous.Transcript.ToString(), Does.Contain("lonely"));
        PlainSession.AssertNothingLeft(Rendezvous);
    }

    [Test]
    public void PeerDidNotFinish_MoodIsLonelyAndTheMessageSaysSo()
    {
        Rendezvous.Client("bob").Faults = new LinkFaults().Losing(frame => frame is { IsFromClient: true, Type: "add" } && frame.Text.Contains("version", StringComparison.Ordinal));
        using var a = Wormhole.Create(In(Options("alice")));
        using var b = Create("bob");
        var verifier = Record(a.Verifier);
        a.SetCode("4-a-b").Subscribe();
        b.SetCode("4-a-b").Subscribe(_ => { }, _ => { });
        Advance(301);
        Assert.That(verifier.Error, Is.InstanceOf<WormholeTimeoutException>().With.Property("Mood").EqualTo(Mood.Lonely).And.Message.Contains("did not finish the key exchange"));
    }

    [Test]
    public void TimeBeforeTheFirstVerb_DoesNotCount()
    {
        using var a = Wormhole.Create(In(Options("alice")));
        var verifier = Record(a.Verifier);
        Advance(86_400);
        a.SetCode("4-a-b").Subscribe();
        Advance(299.999);
        Assert.That(verifier.IsOver, Is.False);
        Advance(0.002);
        Assert.That(verifier.Error, Is.InstanceOf<WormholeTimeoutException>());
    }

    [TestCaseSource(nameof(VerbsWithoutACode))]
    public void VerbBeforeThereIsACode_StartsTheTime(Func<Wormhole, IObservable<object>> verb)
    {
        using var a = Wormhole.Create(In(Options("alice")));
        Advance(100);
        var (result, status) = (Record(verb(a)), Record(a.Status));
        Advance(200);
        Assert.That(result.IsOver, Is.False);
        a.SetCode("4-a-b").Subscribe(_ => { }, _ => { });
        Advance(99.9);
        Assert.That(result.IsOver, Is.False);
        Advance(0.2);
        Assert.That(result.EndedAt, Is.EqualTo(400).Within(0.001));
        Assert.That(result.Error, Is.InstanceOf<WormholeTimeoutException>().With.Property("Mood").EqualTo(Mood.Lonely).And.Message.Contains("did not come"));
        Advance(2);
        Assert.That(status.Values[^1].Stage, Is.EqualTo(WormholeStage.Ended));
        PlainSession.AssertNothingLeft(Rendezvous);
    }

    [TestCaseSource(nameof(VerbsWithoutACode))]
    public void VerbWithoutACode_EndsAtTheLimitAndTouchesNoServer(Func<Wormhole, IObservable<object>> verb)
    {
        using var a = Wormhole.Create(In(Options("alice")));
        var (result, status) = (Record(verb(a)), Record(a.Status));
        Advance(300.1);
        Assert.That(result.EndedAt, Is.EqualTo(300).Within(0.001));
        Assert.That(result.Error, Is.InstanceOf<WormholeTimeoutException>().With.Message.Contains("AllocateCode"));
        Assert.That(status.EndedAt, Is.EqualTo(300).Within(0.001), "there is nothing to tidy up");
        Assert.That(Rendezvous.Transcript.Entries, Is.Empty);
    }

    [TestCaseSource(nameof(VerbsWithoutACode))]
    public void RestoredAndNeverResumed_EndsAtTheLimitOfTheCheckpointAndCanBeRestoredAgain(Func<Wormhole, IObservable<object>> verb)
    {
        Checkpoint? checkpoint = null;
        var options = In(Options("alice"));
        using (var first = Wormhole.Create(options))
        {
            first.Checkpoints.Subscribe(each => checkpoint = each);
            first.SetCode("4-a-b").Subscribe(_ => { }, _ => { });
            Advance(100);
        }

        var journal = new List<Checkpoint>();
        using var restored = Wormhole.Restore(checkpoint!, options with { Journal = each => Observable.Return(System.Reactive.Unit.Default).Do(_ => journal.Add(each)) });
        var (result, status) = (Record(verb(restored)), Record(restored.Status));
        Advance(201);
        Assert.That(result.EndedAt, Is.EqualTo(300).Within(0.001));
        Assert.That(result.Error, Is.InstanceOf<WormholeTimeoutException>().With.Message.Contains("Resume"));
        Assert.That(status.EndedAt, Is.EqualTo(300).Within(0.001));
        Assert.That(journal, Is.Empty);
        using var again = Wormhole.Restore(checkpoint!, options);
        var verifier = Record(again.Verifier);
        again.Resume().Subscribe(_ => { }, _ => { });
        Advance(2);
        Assert.That(verifier.Error, Is.InstanceOf<WormholeTimeoutException>().With.Message.Contains("did not come"));
        PlainSession.AssertNothingLeft(Rendezvous);
    }

    [Test]
    public void Nouns_DoNotStartTheTime()
    {
        using var a = Wormhole.Create(In(Options("alice")));
        var messages = Record(a.Messages);
        Record(a.Status);
        Record(a.Code);
        Record(a.Verifier);
        Advance(86_400);
        Assert.That(messages.IsOver, Is.False);
    }

    [Test]
    public void InfiniteTimeout_NeverEnds()
    {
        using var a = Wormhole.Create(In(Options("alice")) with { Timeout = System.Threading.Timeout.InfiniteTimeSpan, Schedule = PollingSchedule.Patient });
        var verifier = Record(a.Verifier);
        a.SetCode("4-a-b").Subscribe();
        Advance(86_400);
        Assert.That(verifier.IsOver, Is.False);
    }

    [Test]
    public void ServerThatIsUnreachableOrSilent_DoesNotStretchTheLimit()
    {
        using var a = Wormhole.Create(In(Options("alice")) with { Timeout = TimeSpan.FromSeconds(30) });
        var verifier = Record(a.Verifier);
        var status = Record(a.Status);
        a.SetCode("4-a-b").Subscribe();
        Advance(10);
        Rendezvous.Stop();
        Advance(30);
        Assert.That(verifier.EndedAt, Is.EqualTo(30).Within(0.001));
        Assert.That(status.EndedAt, Is.LessThan(30.1), "no link can be had, so nothing is waited for");
    }

    [Test]
    public void ClosedBefore_TheLimitChangesNothing()
    {
        var (a, b) = Paired(In, In);
        var messages = Record(a.Messages);
        a.Close();
        b.Close();
        Advance(400);
        Assert.That(messages.IsCompleted, Is.True);
        Assert.That(Record(a.Status).Error, Is.Null);
    }

    [Test]
    public void ReachedWhileClosing_TheResultIsThatOfTheClose()
    {
        Rendezvous.Client("alice").Faults = new LinkFaults().Losing(frame => frame is { IsFromClient: true, Type: "close" });
        using var a = Wormhole.Create(In(Options("alice")) with { Timeout = TimeSpan.FromSeconds(10) });
        a.SetCode("4-a-b").Subscribe();
        Advance(8);
        var closed = Record(a.Close(Mood.Happy));
        Advance(10);
        Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(Mood.Happy, false)));
        Assert.That(closed.EndedAt, Is.EqualTo(13).Within(0.001));
    }

    private static IEnumerable<TestCaseData> VerbsWithoutACode()
    {
        yield return Verb("send", w => w.Send("x").Select(number => (object)number));
        yield return Verb("receive", w => w.Receive());
        yield return Verb("derive", w => w.DeriveKey("p", 8));

        static TestCaseData Verb(string name, Func<Wormhole, IObservable<object>> verb) => new TestCaseData(verb).SetArgDisplayNames(name);
    }

    private WormholeOptions In(WormholeOptions options) => options with { Mode = mode };
}
