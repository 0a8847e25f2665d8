using System.Reactive;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole.Tests.Promises;

/// <summary>Promises 1 to 3: what verbs do, and what they do not.</summary>
public sealed class VerbTests : VirtualTimeFixture
{
    private static IEnumerable<TestCaseData> LazyVerbs()
    {
        yield return Verb("AllocateCode", w => w.AllocateCode());
        yield return Verb("SetCode", w => w.SetCode("4-a-b"));
        yield return Verb("Resume", w => w.Resume());
        yield return Verb("DeriveKey", w => w.DeriveKey("purpose", 32));
        yield return Verb("Receive", w => w.Receive());

        static TestCaseData Verb<T>(string name, Func<Wormhole, IObservable<T>> verb) =>
            new TestCaseData((Func<Wormhole, IObservable<Unit>>)(w => verb(w).Select(_ => Unit.Default))).SetArgDisplayNames(name);
    }

    private static IEnumerable<TestCaseData> AllVerbs() => LazyVerbs()
        .Append(new TestCaseData((Func<Wormhole, IObservable<Unit>>)(w => w.Send("x").Select(_ => Unit.Default))).SetArgDisplayNames("Send"));

    [TestCaseSource(nameof(LazyVerbs))]
    public void LazyVerbThatNobodySubscribesTo_DoesNothing(Func<Wormhole, IObservable<Unit>> verb)
    {
        using var wormhole = Create("alice");
        verb(wormhole);
        Advance(60);
        Assert.That(Rendezvous.Transcript.Entries, Is.Empty);
    }

    [Test]
    public void Verb_RunsOnceForAllSubscribersAndLaterOnesGetTheSame()
    {
        using var wormhole = Create("alice");
        var verb = wormhole.AllocateCode();
        var first = Record(verb);
        var second = Record(verb);
        Advance(1);
        var late = Record(verb);
        Advance(1);
        Assert.Multiple(() =>
        {
            Assert.That(first.Values, Has.Count.EqualTo(1));
            Assert.That(second.Values, Is.EqualTo(first.Values));
            Assert.That(late.Values, Is.EqualTo(first.Values));
            Assert.That(first.IsCompleted && second.IsCompleted && late.IsCompleted, Is.True);
            Assert.That(Rendezvous.Transcript.From("alice").Count(frame => frame.Type == "allocate"), Is.EqualTo(1));
        });
    }

    [Test]
    public void UnsubscribingFromAVerb_StopsListeningNotTheWork()
    {
        using var wormhole = Create("alice");
        var left = Record(wormhole.AllocateCode(), out var subscription);
        subscription.Dispose();
        var code = Record(wormhole.Code);
        Advance(1);
        Assert.That(left.Notifications, Is.Empty);
        Assert.That(code.Values, Has.Count.EqualTo(1));
    }

    [TestCaseSource(nameof(AllVerbs))]
    public void SessionEndsBeforeTheVerb_VerbFailsAndIsNeverEmpty(Func<Wormhole, IObservable<Unit>> verb)
    {
        using var wormhole = Create("alice");
        wormhole.Close().Subscribe();
        Advance(1);
        var late = Record(verb(wormhole));
        Advance(1);
        Assert.That(late.Error, Is.InstanceOf<WormholeClosedException>());
        Assert.That(late.Values, Is.Empty);
    }

    [Test]
    public void WaitingVerbs_FailWithTheSameExceptionWhenTheSessionFails()
    {
        var a = Create("alice");
        a.SetCode("4-a-b").Subscribe();
        var waiting = new[]
        {
            Record(a.Send("x").Select(_ => Unit.Default)),
            Record(a.Receive().Select(_ => Unit.Default)),
            Record(a.DeriveKey("p", 1).Select(_ => Unit.Default)),
            Record(a.Verifier.Select(_ => Unit.Default)),
            Record(a.Versions.Select(_ => Unit.Default)),
            Record(a.Messages.Select(_ => Unit.Default)),
        };
        Advance(1);
        Assert.That(waiting.Select(each => each.IsOver), Is.All.False);
        Advance(301);
        Assert.That(waiting.Select(each => each.Error), Is.All.InstanceOf<WormholeTimeoutException>().And.All.SameAs(waiting[0].Error));
    }

    [Test]
    public void AwaitingAFailureManyTimes_DoesNotGrowItsStackTrace()
    {
        using var wormhole = Create("alice");
        wormhole.Close().Subscribe();
        Advance(1);
        var verb = wormhole.AllocateCode();
        var lengths = new List<int>();
        async Task AwaitIt()
        {
            try
            {
                await verb;
            }
            catch (WormholeClosedException exception)
            {
                lengths.Add(exception.StackTrace!.Split('\n').Length);
            }
        }

        for (var i = 0; i < 5; i++)
        {
            _ = AwaitIt();
            Advance(1);
        }

        Assert.That(lengths, Has.Count.EqualTo(5).And.All.EqualTo(lengths[0]));
    }

    [Test]
    public void SecondCode_FailsAndTheSessionGoesOn()
    {
        using var wormhole = Create("alice");
        var first = Record(wormhole.AllocateCode());
        var refused = new[] { Record(wormhole.SetCode("4-a-b")), Record(wormhole.AllocateCode()), Record(wormhole.InputCode().ChooseWords("x")), Record(wormhole.Resume()) };
        Advance(1);
        Assert.That(refused.Select(each => each.Error), Is.All.InstanceOf<WormholeUsageException>());
        Assert.That(first.Values, Has.Count.EqualTo(1));
    }

    [Test]
    public void RefusedCode_LeavesTheOneChance()
    {
        using var wormhole = Create("alice");
        Assert.That(() => wormhole.SetCode("not a code"), Throws.ArgumentException);
        var good = Record(wormhole.SetCode("4-a-b"));
        Advance(1);
        Assert.That(good.Values, Is.EqualTo(new[] { "4-a-b" }));
    }

    [Test]
    public void WrongArguments_ThrowAtOnce()
    {
        using var w = Create("alice");
        var options = Options("bob");
        Assert.Multiple(() =>
        {
            Assert.That(() => w.AllocateCode(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => w.AllocateCode(17), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => w.SetCode(null!), Throws.ArgumentNullException);
            Assert.That(() => w.Send((string)null!), Throws.ArgumentNullException);
            Assert.That(() => w.Send(new byte[(1 << 20) + 1]), Throws.ArgumentException);
            Assert.That(() => w.DeriveKey("p", 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => w.DeriveKey("p", 8161), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => w.DeriveKey(new byte[] { 1 }, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => w.Close((Mood)99), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => Wormhole.Create(null!), Throws.ArgumentNullException);
            Assert.That(() => Wormhole.Restore(null!, options), Throws.ArgumentNullException);
            Assert.That(() => Wormhole.Use<int>(null!, _ => Observable.Return(1)), Throws.ArgumentNullException);
            Assert.That(() => Wormhole.Use<int>(options, null!), Throws.ArgumentNullException);
            Assert.That(() => w.Status.Subscribe(null!), Throws.ArgumentNullException);
            Assert.That(() => w.Receive().Subscribe(null!), Throws.ArgumentNullException);
        });
    }

    [Test]
    public void Streams_CannotBePushedInto()
    {
        using var w = Create("alice");
        object[] handedOut = [w.Status, w.Welcome, w.Code, w.Verifier, w.Versions, w.Messages, w.Checkpoints, w.AllocateCode(), w.Receive(), w.Send("x"), w.Close()];
        Assert.That(handedOut.Select(each => each is IObserver<WormholeStatus> or IObserver<string> or IObserver<WormholeMessage> or IObserver<int>), Is.All.False);
    }

    [Test]
    public void Send_IsAcceptedBeforeThereIsACodeAndKeepsItsOrder()
    {
        using var a = Create("alice");
        using var b = Create("bob");
        var sent = Enumerable.Range(0, 5).Select(i => Record(a.Send($"{i}"))).ToArray();
        Advance(1);
        var code = Record(a.AllocateCode());
        Advance(1);
        Assert.That(sent.Select(each => each.IsOver), Is.All.False, "it cannot complete before the pairing");
        b.SetCode(code.Values[0]).Subscribe();
        var received = Record(b.Messages);
        Advance(1);
        Assert.Multiple(() =>
        {
            Assert.That(received.Values.Select(message => message.Text), Is.EqualTo(new[] { "0", "1", "2", "3", "4" }));
            Assert.That(received.Values.Select(message => message.Index), Is.EqualTo(new[] { 0, 1, 2, 3, 4 }));
            Assert.That(sent.Select(each => each.Values.Single()), Is.EqualTo(new[] { 0, 1, 2, 3, 4 }));
        });
    }

    [Test]
    public void DroppedSend_IsSentAllTheSame()
    {
        var (a, b) = Paired();
        a.Send("nobody listens to the result");
        var received = Record(b.Messages);
        Advance(1);
        Assert.That(received.Values.Single().Text, Is.EqualTo("nobody listens to the result"));
    }

    [Test]
    public void Send_CopiesWhatItIsGiven()
    {
        var (a, b) = Paired();
        var buffer = new byte[] { 1, 2, 3 };
        a.Send(buffer);
        buffer[0] = 9;
        var received = Record(b.Messages);
        Advance(1);
        Assert.That(received.Values.Single().Bytes.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public void DeriveKey_IsTheSameOnBothSidesAndDiffersByPurpose()
    {
        var (a, b) = Paired();
        var keys = new[] { a.DeriveKey("p", 32), b.DeriveKey("p", 32), b.DeriveKey("p"u8.ToArray(), 32), a.DeriveKey("q", 32) }.Select(verb => Record(verb)).ToArray();
        Advance(1);
        Assert.That(keys[0].Values.Single(), Has.Length.EqualTo(32).And.EqualTo(keys[1].Values.Single()).And.EqualTo(keys[2].Values.Single()));
        Assert.That(keys[3].Values.Single(), Is.Not.EqualTo(keys[0].Values.Single()));
    }

    [Test]
    public void DeriveKey_NormalizesItsPurpose()
    {
        var (a, b) = Paired();
        var one = Record(a.DeriveKey("e\u0301", 16));
        var other = Record(b.DeriveKey("\u00e9", 16));
        Advance(1);
        Assert.That(one.Values.Single(), Is.EqualTo(other.Values.Single()));
    }

    [Test]
    public void BeforeTheKeyIsConfirmed_NothingOfItIsGivenOut()
    {
        using var a = Create("alice");
        var verifier = Record(a.Verifier);
        var derived = Record(a.DeriveKey("p", 32));
        var unproven = Record(a.UnprovenKey);
        a.SetCode("4-a-b").Subscribe();

        // Bob's pake comes, his version does not.
        Rendezvous.Client("bob").Faults = new Testing.LinkFaults().Losing(frame => frame.IsFromClient && frame.Text.Contains("\"version\"", StringComparison.Ordinal) && frame.Type == "add");
        using var b = Create("bob");
        b.SetCode("4-a-b").Subscribe();
        Advance(10);
        Assert.Multiple(() =>
        {
            Assert.That(unproven.Values, Has.Count.EqualTo(1));
            Assert.That(verifier.Notifications, Is.Empty);
            Assert.That(derived.Notifications, Is.Empty);
        });
    }

    [Test]
    public void LazyVerbThatNobodySubscribedTo_IsNamedInAWarningAtTheEnd()
    {
        var log = new LogRecorder();
        using var wormhole = Wormhole.Create(Options("alice") with { Logger = log });
        _ = wormhole.AllocateCode();
        wormhole.DeriveKey("p", 1).Subscribe(_ => { }, _ => { });
        wormhole.SetCode("4-a-b").Subscribe();
        wormhole.Close().Subscribe();
        Advance(1);
        Assert.That(log.Warnings, Has.One.Contains("AllocateCode"));
        Assert.That(log.Warnings, Has.None.Contains("DeriveKey").And.None.Contains("SetCode"));
    }

    [Test]
    public void LazyVerbs_AreMarkedPureSoThatTheCompilerReportsAnIgnoredOne()
    {
        var lazy = new[] { nameof(Wormhole.AllocateCode), nameof(Wormhole.SetCode), nameof(Wormhole.Resume), nameof(Wormhole.Receive), nameof(Wormhole.DeriveKey) };
        var methods = typeof(Wormhole).GetMethods().Where(method => lazy.Contains(method.Name)).ToArray();
        Assert.That(methods, Has.Length.EqualTo(6));
        Assert.That(methods.Select(method => method.IsDefined(typeof(System.Diagnostics.Contracts.PureAttribute), false)), Is.All.True);
    }
}
