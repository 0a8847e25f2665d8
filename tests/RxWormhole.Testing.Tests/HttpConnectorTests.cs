using Microsoft.Reactive.Testing;
using RxWormhole.Contracts;

namespace RxWormhole.Testing.Tests;

/// <summary>The way over HTTP keeps the promises of connectors.</summary>
public sealed class HttpConnectorTests : ConnectorContract
{
    private TestScheduler clock = new();
    private VirtualRendezvous rendezvous = null!;

    [SetUp]
    public void StartServer()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        clock = new TestScheduler();
        rendezvous = new VirtualRendezvous(clock);
    }

    /// <summary>A link over HTTP notices when it asks next.</summary>
    [Test]
    public override void ServerStops_TheLinkEnds()
    {
        using var link = Dial();
        link.Send(Bind);
        link.Send(Open);
        Until(() => link.Received.Length == 3, "the welcome and two acks");
        StopServer();
        Until(() => link.End is not null, "the end");
        Assert.That(link.Received, Has.Length.EqualTo(3));
    }

    private protected override IRendezvousConnector Connector => rendezvous.Client("alice").OverHttp();

    private protected override Uri Server => rendezvous.Address;

    private protected override int LinksAtServer => rendezvous.Client("alice").LinksOpen;

    private protected override int Standing(int links) => 0;

    private protected override void StopServer() => rendezvous.Stop();

    private protected override void Until(Func<bool> holds, string what)
    {
        clock.AdvanceBy(TimeSpan.FromSeconds(11).Ticks);
        Assert.That(holds(), Is.True, () => $"{what}\n{rendezvous.Transcript}");
    }
}
