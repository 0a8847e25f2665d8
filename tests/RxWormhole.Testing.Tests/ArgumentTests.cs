using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Microsoft.Reactive.Testing;
using RxWormhole.Protocol;

namespace RxWormhole.Testing.Tests;

/// <summary>What cannot be meant is refused at once, by name.</summary>
public sealed class ArgumentTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly TestScheduler clock = new();
    private readonly VirtualRendezvous rendezvous = new(new TestScheduler());

    private static TestCaseData<VirtualRendezvousOptions, string>[] Unusable =>
    [
        new(new VirtualRendezvousOptions { Latency = TimeSpan.Zero }, "one tick"),
        new(new VirtualRendezvousOptions { Latency = -Second }, "one tick"),
        new(new VirtualRendezvousOptions { CommitDelay = -Second }, "commit"),
        new(new VirtualRendezvousOptions { PruneEvery = TimeSpan.Zero }, "prunings"),
        new(new VirtualRendezvousOptions { PruneEvery = -Second }, "prunings"),
        new(new VirtualRendezvousOptions { Keep = default }, "kept"),
        new(new VirtualRendezvousOptions { Keep = new KeepPolicy(2 * Second, Second) }, "kept"),
        new(new VirtualRendezvousOptions { Welcome = null! }, "welcome"),
        new(new VirtualRendezvousOptions { Welcome = new WelcomeInfo { Json = "[]" } }, "JSON object"),
        new(new VirtualRendezvousOptions { Welcome = new WelcomeInfo { Json = "{" } }, "JSON object"),
    ];

    [TestCaseSource(nameof(Unusable))]
    public void Options_ThatAreNotUsable(VirtualRendezvousOptions options, string word) =>
        Assert.That(() => new VirtualRendezvous(clock, options), Throws.ArgumentException.With.Message.Contains(word));

    [Test]
    public void Schedulers_ThatRunNothingLater()
    {
        Assert.That(() => new VirtualRendezvous(null!), Throws.ArgumentNullException);
        Assert.That(() => new VirtualRendezvous(ImmediateScheduler.Instance), Throws.ArgumentException.With.Message.Contains("later"));
        Assert.That(() => new VirtualRendezvous(CurrentThreadScheduler.Instance), Throws.ArgumentException.With.Message.Contains("later"));
    }

    [Test]
    public void Names_OfClientsAndApplications()
    {
        Assert.That(() => rendezvous.Client(null!), Throws.ArgumentNullException);
        Assert.That(() => rendezvous.Client(""), Throws.ArgumentException);
        Assert.That(() => rendezvous.OptionsFor("a", null!), Throws.ArgumentNullException);
        Assert.That(() => rendezvous.OptionsFor("a", ""), Throws.ArgumentException);
        Assert.That(() => rendezvous.OptionsFor(null!, "alice"), Throws.ArgumentNullException);
        Assert.That(() => rendezvous.Transcript.From(null!), Throws.ArgumentNullException);
        Assert.That(() => rendezvous.Transcript.To(null!), Throws.ArgumentNullException);
    }

    [Test]
    public void Welcome_ThatIsNone()
    {
        Assert.That(() => rendezvous.Welcome = null!, Throws.ArgumentNullException);
        Assert.That(() => rendezvous.Welcome = new WelcomeInfo { Json = "7" }, Throws.ArgumentException);
        Assert.That(rendezvous.Welcome, Is.EqualTo(new WelcomeInfo()));
    }

    [Test]
    public void Links_ToOrFromNowhere()
    {
        var nothing = Observable.Never<ReadOnlyMemory<byte>>();
        foreach (var connector in new IRendezvousConnector[] { rendezvous, rendezvous.Client("alice") })
        {
            Assert.That(() => connector.Connect(null!, nothing), Throws.ArgumentNullException);
            Assert.That(() => connector.Connect(rendezvous.Address, null!), Throws.ArgumentNullException);
            Assert.That(() => connector.Connect(rendezvous.Address, nothing).Subscribe(null!), Throws.ArgumentNullException);
        }
    }

    [Test]
    public void Faults_ThatCannotBe()
    {
        Assert.That(() => rendezvous.Client("alice").Faults = null!, Throws.ArgumentNullException);
        Assert.That(() => new LinkFaults { Latency = TimeSpan.Zero }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LinkFaults { Jitter = -Second }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LinkFaults { BytesPerSecond = 0 }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LinkFaults { Latency = null }, Throws.Nothing);
        Assert.That(() => new LinkFaults { CutAfter = null! }, Throws.ArgumentNullException);
        Assert.That(() => new LinkFaults { CutAfter = [1, 0] }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LinkFaults { SilentAfter = null! }, Throws.ArgumentNullException);
        Assert.That(() => new LinkFaults { SilentAfter = [-1] }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LinkFaults { Rewrite = null! }, Throws.ArgumentNullException);
        Assert.That(() => LinkFaults.None.Losing(null!), Throws.ArgumentNullException);
        Assert.That(() => LinkFaults.None.Doubling(null!), Throws.ArgumentNullException);
        Assert.That(() => LinkFaults.None.Changing(null!, text => text), Throws.ArgumentNullException);
        Assert.That(() => LinkFaults.None.Changing(_ => true, null!), Throws.ArgumentNullException);
        Assert.That(() => LinkFaults.None.CuttingAfter(null!), Throws.ArgumentNullException);
        Assert.That(() => default(VirtualFrame).With(null!), Throws.ArgumentNullException);
    }

    [Test]
    public void Runs_OfNothingOrForNoTime()
    {
        TestScheduler none = null!;
        Assert.That(() => none.Run(() => Task.CompletedTask), Throws.ArgumentNullException);
        Assert.That(() => none.Run(Observable.Return(1)), Throws.ArgumentNullException);
        Assert.That(() => none.AdvanceInline(Second), Throws.ArgumentNullException);
        Assert.That(() => ((HistoricalScheduler)null!).AdvanceInline(Second), Throws.ArgumentNullException);
        Assert.That(() => clock.Run((Func<Task>)null!), Throws.ArgumentNullException);
        Assert.That(() => clock.Run((Func<Task<int>>)null!), Throws.ArgumentNullException);
        Assert.That(() => clock.Run((IObservable<int>)null!), Throws.ArgumentNullException);
        Assert.That(() => VirtualTime.StartInline((Func<Task>)null!), Throws.ArgumentNullException);
        Assert.That(() => clock.AdvanceInline(-Second), Throws.TypeOf<ArgumentOutOfRangeException>());
        foreach (var limit in new[] { TimeSpan.Zero, -Second, TimeSpan.MaxValue, Timeout.InfiniteTimeSpan })
        {
            Assert.That(() => clock.Run(() => Task.CompletedTask, limit), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => clock.Run(() => Task.FromResult(1), limit), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => clock.Run(Observable.Return(1), limit), Throws.TypeOf<ArgumentOutOfRangeException>());
        }
    }
}
