using System.Reactive.Linq;
using System.Runtime.CompilerServices;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Diagnostics;

/// <summary>A wormhole that nobody closes: noticed when it is collected, and when the process exits.</summary>
[NonParallelizable]
public sealed class ForgottenTests : VirtualTimeFixture
{
    private readonly List<object> kept = [];

    private static IEnumerable<TestCaseData> WaysToForget()
    {
        yield return Way("set", w => w.SetCode("4-a-b").Subscribe());
        yield return Way("allocated", w => w.AllocateCode().Subscribe());
        yield return Way("typing", w => w.InputCode().ChooseNameplate("4").Subscribe());
        yield return Way("sent", w =>
        {
            w.SetCode("4-a-b").Subscribe();
            w.Send("x");
        });
        yield return Way("derived", w =>
        {
            w.SetCode("4-a-b").Subscribe();
            w.DeriveKey("x", 32).Subscribe().Dispose();
        });
        yield return Way("transit", w =>
        {
            w.SetCode("4-a-b").Subscribe();
            w.OpenTransit(TransitRole.Sender).Subscribe().Dispose();
        });

        yield return Way("offer awaited", w =>
        {
            w.SetCode("4-a-b").Subscribe();
            w.ReceiveOffer().Subscribe().Dispose();
        });
        yield return Way("text sent", w =>
        {
            w.SetCode("4-a-b").Subscribe();
            w.SendText("x").Subscribe().Dispose();
        });

        static TestCaseData Way(string name, Action<Wormhole> begin) => new TestCaseData(begin).SetArgDisplayNames(name);
    }

    [TearDown]
    public void LetGo() => kept.Clear();

    [TestCaseSource(nameof(WaysToForget))]
    public void CollectedWhileItsMailboxIsOpen_IsAnErrorAndHangsUp(Action<Wormhole> begin)
    {
        var log = new LogRecorder();
        var forgotten = Forget(log, begin);
        Advance(2);
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.EqualTo(1));
        Collect();
        Assert.That(forgotten.IsAlive, Is.False, "neither timers nor link nor session refer to it");
        Advance(1);
        Assert.That(log.Errors.Single(), Does.Contain("forgotten").And.Contain("Close or dispose"));
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
    }

    [Test]
    public void SubscriptionThatWasHandedOut_KeepsItAlive()
    {
        var log = new LogRecorder();
        var forgotten = Forget(log, w =>
        {
            w.SetCode("4-a-b").Subscribe();
            kept.Add(w.Messages.Subscribe());
        });
        Advance(2);
        Collect();
        Advance(1);
        Assert.That(forgotten.IsAlive, Is.True);
        Assert.That(log.Errors, Is.Empty);
        kept.OfType<IDisposable>().Single().Dispose();
        Collect();
        Assert.That(log.Errors.Single(), Does.Contain("forgotten"), "and no longer than it lasts, whoever still holds it");
    }

    [Test]
    public void SubscriptionThatNobodyHolds_KeepsItAliveAsLongAsItLasts()
    {
        var log = new LogRecorder();
        var received = new List<string>();
        Forget(log, w =>
        {
            w.SetCode("4-a-b").Subscribe();
            w.Receive().Subscribe(message => received.Add(message.Text));
        });
        Advance(2);
        Collect();
        using var b = Create("bob");
        b.SetCode("4-a-b").Subscribe();
        b.Send("for the one that waits");
        Advance(2);
        Assert.That(received, Is.EqualTo(new[] { "for the one that waits" }));
        Assert.That(log.Errors, Is.Empty);
        Collect();
        Assert.That(log.Errors.Single(), Does.Contain("forgotten"));
    }

    [Test]
    public void ClosedOrDisposed_IsNotForgotten()
    {
        var log = new LogRecorder();
        var wormholes = new[]
        {
            Forget(log, w => { }),
            Forget(log, w => w.Dispose()),
            Forget(log, w => w.Close()),
            Forget(log, w =>
            {
                w.SetCode("4-a-b").Subscribe();
                Advance(1);
                w.Close();
            }),
            Forget(log, w =>
            {
                w.SetCode("5-a-b").Subscribe(_ => { }, _ => { });
                w.Dispose();
            }),
        };
        Collect();
        Advance(10);
        Collect();
        OpenSessions.Report();
        Assert.That(wormholes.Select(each => each.IsAlive), Is.All.False);
        Assert.That(log.Errors.Concat(log.Warnings), Is.Empty);
        PlainSession.AssertNothingLeft(Rendezvous);
    }

    [Test]
    public void ProcessExits_OpenSessionsAreNamedOnceAndHungUp()
    {
        var (log, closedLog) = (new LogRecorder(), new LogRecorder());
        using var open = Wormhole.Create(Options("alice") with { Logger = log });
        using var closed = Wormhole.Create(Options("bob") with { Logger = closedLog });
        open.SetCode("4-a-b").Subscribe(_ => { }, _ => { });
        closed.SetCode("5-a-b").Subscribe();
        Advance(1);
        closed.Close();
        Advance(1);
        OpenSessions.Report();
        OpenSessions.Report();
        Advance(1);
        Assert.That(log.Errors.Single(), Does.Contain("end of its process"));
        Assert.That(closedLog.Errors, Is.Empty);
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Forget(LogRecorder log, Action<Wormhole> begin)
    {
        var wormhole = Wormhole.Create(new VirtualNetwork(Clock).OptionsFor(Rendezvous, "example.com/test", "alice") with { Logger = log });
        begin(wormhole);
        return new WeakReference(wormhole);
    }

    private static void Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
