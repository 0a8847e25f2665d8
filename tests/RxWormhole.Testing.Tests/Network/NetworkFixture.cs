using System.Reactive.Linq;
using Microsoft.Reactive.Testing;
using RxWormhole.Protocol;
using RxWormhole.Tests.Transit;

namespace RxWormhole.Testing.Tests;

/// <summary>Tests of virtual connections, byte for byte.</summary>
public abstract class NetworkFixture
{
    private readonly List<RawEnd> accepted = [];

    protected TestScheduler Clock { get; private set; } = new();

    protected VirtualNetwork Network { get; private set; } = null!;

    protected VirtualHost Alice => Network.Host("alice");

    protected VirtualHost Bob => Network.Host("bob");

    [SetUp]
    public void StartClock()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        MakeNetwork(new VirtualNetworkOptions());
        accepted.Clear();
    }

    protected void MakeNetwork(VirtualNetworkOptions options)
    {
        Clock = new TestScheduler();
        Network = new VirtualNetwork(Clock, options);
    }

    protected double Now => Math.Round(TimeSpan.FromTicks(Clock.Clock).TotalSeconds, 3);

    protected void Advance(double seconds) => Clock.AdvanceBy(TimeSpan.FromSeconds(seconds).Ticks);

    private protected RawEnd Dial(VirtualHost from, TransitHint way)
    {
        var end = new RawEnd(() => Now);
        from.Dial(way).Subscribe(end.Take, error => end.Refusal = error);
        return end;
    }

    /// <summary>Alice, who dialled, and Bob, who listens.</summary>
    private protected (RawEnd Alice, RawEnd Bob) Connected()
    {
        Bob.Listen(TransitPorts.Any).SelectMany(listener => listener.Connections).Subscribe(connection =>
        {
            var end = new RawEnd(() => Now);
            accepted.Add(end);
            end.Take(connection);
        });
        var alice = Dial(Alice, new DirectHint("bob", Bob.PortsOpen[0]));
        Advance(1);
        return (alice, accepted[^1]);
    }
}
