using System.Reactive.Linq;
using Microsoft.Reactive.Testing;
using RxWormhole.Examples.ViewModel;
using RxWormhole.Testing;

namespace RxWormhole.Examples.Tests;

public class PairingViewModelTests
{
    private readonly List<string> seen = [];
    private TestScheduler clock = null!;
    private VirtualRendezvous server = null!;
    private Wormhole wormhole = null!;
    private PairingViewModel viewModel = null!;

    [SetUp]
    public void Open()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        clock = new TestScheduler();
        server = new VirtualRendezvous(clock);
        wormhole = Wormhole.Create(Options("window"));
        viewModel = new PairingViewModel(wormhole, clock);
        seen.Clear();
        viewModel.PropertyChanged += (_, change) =>
            seen.Add($"{change.PropertyName}: {typeof(PairingViewModel).GetProperty(change.PropertyName!)!.GetValue(viewModel)}");
    }

    [TearDown]
    public void Close()
    {
        viewModel.Dispose();
        wormhole.Dispose();
    }

    [Test]
    public void PeerComesAndBothClose_EveryChangeIsShownOnceInOrder()
    {
        using var friend = Wormhole.Create(Options("friend"));
        wormhole.AllocateCode().SelectMany(friend.SetCode).Subscribe();
        Advance(5);
        wormhole.Close().Subscribe();
        Advance(5);

        Assert.That(seen, Is.EqualTo(new[]
        {
            "Status: idle",
            "Status: getting a code",
            "Status: getting a code, connecting",
            "Status: getting a code",
            $"Code: {viewModel.Code}",
            "Status: waiting for the other side",
            "Status: exchanging keys",
            $"Verifier: {viewModel.Verifier}",
            "Status: paired",
            "Status: closing",
            "Status: ended",
        }));
        Assert.That(viewModel.Code, Does.Match(@"^\d+-\w+-\w+$"));
        Assert.That(viewModel.Verifier.Split(' '), Has.Length.EqualTo(8));
    }

    [Test]
    public void ServerIsDown_StatusSaysSoAndNothingIsThrown()
    {
        server.Stop();
        wormhole.AllocateCode().Subscribe(_ => { }, _ => { });
        Advance(5);
        Assert.That(viewModel.Status, Does.StartWith("failed: ").And.Contain("server"));
        Assert.That(viewModel.Code, Is.Empty);
    }

    [Test]
    public void LinkIsLostForAWhile_StatusShowsItAndRecovers()
    {
        wormhole.AllocateCode().Subscribe();
        Advance(1);
        server.Client("window").Unplug();
        Advance(0.5);
        Assert.That(viewModel.Status, Does.Contain("connection lost"));
        server.Client("window").PlugIn();
        Advance(60);
        Assert.That(viewModel.Status, Is.EqualTo("waiting for the other side"));
    }

    [Test]
    public void WindowIsClosed_NothingChangesAnyMore()
    {
        Advance(1);
        viewModel.Dispose();
        seen.Clear();
        wormhole.AllocateCode().Subscribe();
        Advance(5);
        Assert.That(seen, Is.Empty);
    }

    private WormholeOptions Options(string client) => server.OptionsFor("example.com/window", client);

    private void Advance(double seconds) => clock.AdvanceBy(TimeSpan.FromSeconds(seconds).Ticks);
}
