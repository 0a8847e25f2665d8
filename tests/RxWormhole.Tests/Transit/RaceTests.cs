using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Transit;

/// <summary>Who wins, how soon, and that nothing else is left.</summary>
public sealed class RaceTests : RaceFixture
{
    [Test]
    public void BothCanBeReached_TheyConnectDirectlyAndNothingElseIsLeft([Values] TransitRole role)
    {
        var relay = Network.AddRelay("relay.example");
        var race = Race(role);
        Advance(1);
        AssertConnected(race, isRelayed: false);
        Assert.Multiple(() =>
        {
            Assert.That(race.Alice.EndedAt, Is.LessThan(0.1));
            Assert.That(race.Alice.Values[0].Route.IsInbound, Is.Not.EqualTo(race.Bob.Values[0].Route.IsInbound));
            Assert.That(Network.LeftBehind, Is.EqualTo(new[] { "alice: open connections: 1", "bob: open connections: 1" }));
            Assert.That(relay.Host.Accepted, Is.Zero);
        });
        race.Alice.Values[0].Dispose();
        race.Bob.Values[0].Dispose();
        Advance(1);
        Assert.That(Network.LeftBehind, Is.Empty);
    }

    [Test]
    public void OnlyOneSideCanBeReached_TheOtherDials([Values] TransitRole role)
    {
        Network.Host("alice").Faults = NetworkFaults.BehindNat;
        var race = Race(role);
        Advance(1);
        AssertConnected(race, isRelayed: false);
        Assert.That(race.Alice.Values[0].Route, Is.EqualTo(new TransitRoute(false, false, race.Alice.Values[0].Route.Address)));
        Assert.That(race.Bob.Values[0].Route.IsInbound, Is.True);
    }

    [Test]
    public void NeitherCanBeReached_TheRelayComesBehindTheHeadStart([Values] TransitRole role)
    {
        var relay = Network.AddRelay("relay.example");
        Network.Host("alice").Faults = Network.Host("bob").Faults = NetworkFaults.BehindNat;
        var race = Race(role);
        Advance(1.9);
        Assert.That(relay.Host.Accepted, Is.Zero);
        Advance(1);
        AssertConnected(race, isRelayed: true);
        Assert.Multiple(() =>
        {
            Assert.That(race.Alice.EndedAt, Is.EqualTo(2).Within(0.1));
            Assert.That(race.Alice.Values[0].Route.ToString(), Is.EqualTo("via relay relay.example:4001"));
            Assert.That(race.Bob.Values[0].Route, Is.EqualTo(race.Alice.Values[0].Route));
            Assert.That(relay.Pairs, Is.EqualTo(1));
            Assert.That(Network.Host("alice").ConnectionsOpen + Network.Host("bob").ConnectionsOpen, Is.EqualTo(2));
            Assert.That(Network.Host("alice").PortsOpen.Concat(Network.Host("bob").PortsOpen), Is.Empty);
        });
    }

    [Test]
    public void EveryDirectAttemptIsRefused_TheRelayIsNotWaitedFor()
    {
        Network.AddRelay("relay.example");
        Network.Host("alice").Faults = Network.Host("bob").Faults = new NetworkFaults { Inbound = Reach.Refused };
        var race = Race();
        Advance(1);
        AssertConnected(race, isRelayed: true);
        Assert.That(race.Alice.EndedAt, Is.LessThan(0.2));
    }

    [Test]
    public void NothingDirectToDial_TheRelayIsDialledAtOnce()
    {
        var relay = Network.AddRelay("relay.example");
        var setup = Begin("alice");
        Connect(setup, TransitRole.Sender, Message());
        Advance(0.1);
        Assert.That(relay.Waiting, Is.EqualTo(1));
    }

    [Test]
    public void HeadStartIsZero_RelayAndDirectBeginTogether()
    {
        var relay = Network.AddRelay("relay.example");
        Network.Host("alice").Faults = Network.Host("bob").Faults = NetworkFaults.BehindNat;
        var race = Race(alice: options => options with { HeadStart = TimeSpan.Zero }, bob: options => options with { HeadStart = TimeSpan.Zero });
        Advance(1);
        AssertConnected(race, isRelayed: true);
        Assert.That(race.Bob.EndedAt, Is.LessThan(0.2));
        Assert.That(relay.Pairs, Is.EqualTo(1));
    }

    [Test]
    public void OnlyOneSideKnowsTheRelay_TheOtherLearnsOfItByTheHint()
    {
        Network.AddRelay("relay.example");
        Network.Host("alice").Faults = Network.Host("bob").Faults = NetworkFaults.BehindNat;
        var race = Race(bob: options => options with { Relays = [] });
        Advance(3);
        AssertConnected(race, isRelayed: true);
    }

    [Test]
    public void RelayByWebSocketOnly_IsDialled()
    {
        var relay = Network.AddRelay("relay.example");
        Network.Host("alice").Faults = Network.Host("bob").Faults = NetworkFaults.BehindNat;
        var race = Race(alice: options => options with { Relays = [relay.WebSocketHint] }, bob: options => options with { Relays = [] });
        Advance(3);
        AssertConnected(race, isRelayed: true);
        Assert.That(race.Bob.Values[0].Route.Address, Is.EqualTo("ws://relay.example:4001/"));
    }

    [Test]
    public void BothHaveOnlyIPv6_TheyConnect()
    {
        Network.Host("alice").HasIPv4 = Network.Host("bob").HasIPv4 = false;
        var race = Race();
        Advance(1);
        AssertConnected(race, isRelayed: false);
        Assert.That(race.Alice.Values[0].Route.Address, Does.StartWith("["));
    }

    [Test]
    public void OneHasOnlyIPv6AndTheOtherOnlyIPv4_TheRelayConnectsThem()
    {
        Network.AddRelay("relay.example");
        Network.Host("alice").HasIPv4 = Network.Host("bob").HasIPv6 = false;
        var race = Race();
        Advance(1);
        AssertConnected(race, isRelayed: true);
        Assert.That(race.Alice.EndedAt, Is.LessThan(0.2));
    }

    [Test]
    public void SlowNetwork_DirectStillWinsOverTheRelay()
    {
        var relay = Network.AddRelay("relay.example");
        MakeSlow("alice");
        MakeSlow("bob");
        var race = Race();
        Advance(10);
        AssertConnected(race, isRelayed: false);
        Assert.That(relay.Pairs, Is.Zero);

        void MakeSlow(string host) => Network.Host(host).Faults = new NetworkFaults { Latency = TimeSpan.FromMilliseconds(600) };
    }

    [Test]
    public void OtherSideDialsBeforeWeKnowTheKey_ItsConnectionWaits()
    {
        var (a, b) = (Begin("alice"), Begin("bob", options => options with { Listen = false }));
        var bob = Connect(b, TransitRole.Receiver, a.Ours);
        Advance(20);
        Assert.That(bob.IsOver, Is.False);
        var alice = Connect(a, TransitRole.Sender, b.Ours);
        Advance(1);
        AssertConnected((alice, bob), isRelayed: false);
        Assert.That(alice.Values[0].Route.IsInbound, Is.True);
        Assert.That(Network.Host("alice").Dialled, Is.Zero);
    }

    [Test]
    public void OtherSideComesToTheRelayAfterAMinuteAndAHalf_ItIsStillThere()
    {
        Network.AddRelay("relay.example");
        var (a, b) = (Begin("alice", options => options with { Listen = false }), Begin("bob", options => options with { Listen = false }));
        var alice = Connect(a, TransitRole.Sender, b.Ours);
        Advance(90);
        var bob = Connect(b, TransitRole.Receiver, a.Ours);
        Advance(1);
        AssertConnected((alice, bob), isRelayed: true);
    }

    [Test]
    public void SubscriberLeaves_EverythingIsGivenUp()
    {
        Network.AddRelay("relay.example");
        var silent = Listen("mallory", []);
        var setup = Begin("alice");
        Connect(setup, TransitRole.Sender, Message(silent), out var subscription);
        Advance(5);
        Assert.That(Network.Host("alice").ConnectionsOpen, Is.EqualTo(2));
        subscription.Dispose();
        setup.Dispose();
        Advance(1);
        Assert.That(Network.Host("alice").ConnectionsOpen, Is.Zero);
        Assert.That(Network.Host("alice").PortsOpen, Is.Empty);
    }

    [Test]
    public void SubscriberOfBeginLeavesBeforeThereIsAListener_ItIsClosedWhenItComes()
    {
        var listener = new System.Reactive.Subjects.Subject<TransitListener>();
        var env = new TransitEnvironment(
            new TransitOptions { Connector = new LateConnector(listener) }, Clock, SeededEntropy.Create(1), new Edge(Clock, _ => { }), null, new TransitLog(Log, "x"));
        Record(new TransitSetup(env).Listen(), out var subscription);
        Assert.That(listener.HasObservers, Is.True);
        subscription.Dispose();
        Assert.That(listener.HasObservers, Is.False);
    }

    private sealed class LateConnector(IObservable<TransitListener> listener) : ITransitConnector
    {
        public PumpMode Pumping => PumpMode.Inline;

        public IObservable<TransitListener> Listen(TransitPorts ports) => listener;

        public IObservable<ITransitConnection> Dial(TransitHint way) => throw new NotSupportedException();
    }
}
