using Microsoft.Reactive.Testing;
using RxWormhole.Contracts;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Transit;

/// <summary>The virtual network keeps the promises of every transit connector.</summary>
public sealed class VirtualConnectorTests : TransitConnectorContract
{
    private TestScheduler clock = new();
    private VirtualNetwork network = new(new TestScheduler());

    private protected override ITransitConnector Alice => network.Host("alice");

    private protected override ITransitConnector Bob => network.Host("bob");

    private protected override DirectHint Nowhere => new("alice", 1);

    [SetUp]
    public void MakeNetwork()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        clock = new TestScheduler();
        network = new VirtualNetwork(clock);
    }

    // As much as happens in ten seconds.
    private protected override void Until(Func<bool> holds, string what)
    {
        for (var i = 0; i < 1000 && !holds(); i++)
            clock.AdvanceBy(TimeSpan.FromMilliseconds(10).Ticks);
        Assert.That(holds(), Is.True, () => $"{what}\n{network.Transcript}");
    }
}
