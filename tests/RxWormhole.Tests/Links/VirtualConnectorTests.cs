using Microsoft.Reactive.Testing;
using RxWormhole.Contracts;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Links;

/// <summary>The virtual connector keeps the promises of connectors.</summary>
public sealed class VirtualConnectorTests : ConnectorContract
{
    private TestScheduler clock = new();
    private VirtualRendezvous rendezvous = null!;

    [SetUp]
    public void StartServer()
    {
        clock = new TestScheduler();
        rendezvous = new VirtualRendezvous(clock);
    }

    private protected override IRendezvousConnector Connector => rendezvous.Client("alice");

    private protected override Uri Server => rendezvous.Address;

    private protected override int LinksAtServer => rendezvous.Client("alice").LinksOpen;

    private protected override void StopServer() => rendezvous.Stop();

    private protected override void Until(Func<bool> holds, string what)
    {
        clock.AdvanceBy(TimeSpan.FromSeconds(10).Ticks);
        Assert.That(holds(), Is.True, () => $"{what}\n{rendezvous.Transcript}");
    }
}
