using System.Reactive.Linq;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Transit;

/// <summary>Transit that an application opens over its session.</summary>
public sealed class OpenTransitTests : RaceFixture
{
    [SetUp]
    public void AddRelay() => Network.AddRelay("relay.example");

    [Test]
    public void BothOpen_RecordsGoBothWays()
    {
        var (a, b) = PairedInNetwork();
        var race = Open(a, b);
        AssertConnected(race, isRelayed: false);
        var (alice, bob) = (race.Alice.Values[0], race.Bob.Values[0]);
        alice.SendRecord("hello"u8.ToArray()).Subscribe();
        bob.SendRecord("world"u8.ToArray()).Subscribe();
        var (atAlice, atBob) = (Record(alice.ReceiveRecord()), Record(bob.ReceiveRecord()));
        Advance(1);
        Assert.That(atBob.Values.Single().ToArray(), Is.EqualTo("hello"u8.ToArray()));
        Assert.That(atAlice.Values.Single().ToArray(), Is.EqualTo("world"u8.ToArray()));
    }

    [Test]
    public void MegabytesThroughTheRelay_ArriveAsTheyWere()
    {
        Network.Host("alice").Faults = Network.Host("bob").Faults = NetworkFaults.BehindNat;
        var (a, b) = PairedInNetwork();
        var race = Open(a, b);
        AssertConnected(race, isRelayed: true);
        var sent = new byte[5_000_000];
        SeededEntropy.Create(7)(sent);
        var received = new MemoryStream();
        var sending = Record(race.Alice.Values[0].Send(new MemoryStream(sent), sent.Length));
        var receiving = Record(race.Bob.Values[0].Receive(received, sent.Length));
        Advance(10);
        Assert.That(sending.Error ?? receiving.Error, Is.Null);
        Assert.That(receiving.IsCompleted, Is.True);
        Assert.That(received.ToArray(), Is.EqualTo(sent));
    }

    [Test]
    public void Connected_TheSessionsLimitIsLifted()
    {
        var (a, b) = PairedInNetwork();
        Open(a, b);
        Advance(3600);
        var status = Record(a.Status);
        Advance(0.1);
        Assert.That(status.Values[^1].Outcome, Is.Null);
        var sent = Record(a.Send("still there"));
        var received = Record(b.Receive());
        Advance(5);
        Assert.That(received.Values.Single().Text, Is.EqualTo("still there"));
        Assert.That(sent.IsCompleted, Is.True);
    }

    [Test]
    public void SubscribedToTwice_ItIsOneLink()
    {
        var (a, b) = PairedInNetwork();
        var verb = a.OpenTransit(TransitRole.Sender);
        var (first, other) = (Record(verb), Record(b.OpenTransit(TransitRole.Receiver)));
        Advance(1);
        var second = Record(verb);
        Advance(1);
        Assert.That(second.Values.Single(), Is.SameAs(first.Values.Single()));
        Assert.That(other.IsCompleted, Is.True);
        Assert.That(Network.Host("alice").ConnectionsOpen, Is.EqualTo(1));
    }

    [TestCase("hello", "not JSON")]
    [TestCase("{}", "no 'transit'")]
    [TestCase("[]", "no 'transit'")]
    [TestCase("""{"transit": 7}""", "must be an object")]
    [TestCase("""{"transit": {"hints-v1": 7}}""", "'hints-v1' must be a list")]
    [TestCase("""{"\ud800": {}}""", "JSON|transit")]
    public void OtherSideSaysSomethingElse_IsAnErrorAndTheSessionGoesOn(string message, string reason)
    {
        var (a, b) = PairedInNetwork();
        var alice = Record(a.OpenTransit(TransitRole.Sender));
        b.Send(message);
        Advance(1);
        Assert.That((alice.Error as TransitException)?.Fault, Is.EqualTo(TransitFault.BadMessage));
        Assert.That(alice.Error!.Message, Does.Match(reason));
        Assert.That(Network.LeftBehind, Is.Empty);
        var received = Record(b.Receive());
        Advance(1);
        a.Send("go on");
        var second = Record(b.Receive());
        Advance(1);
        Assert.That(received.Values.Single().Text, Does.StartWith("""{"transit":{"abilities-v1":[{"type":"direct-tcp-v1"},{"type":"relay-v1"}],"hints-v1":[{"type":"direct-tcp-v1","priority":0,"hostname":"10.0."""));
        Assert.That(second.Values.Single().Text, Is.EqualTo("go on"));
    }

    [Test]
    public void NoWay_IsAnErrorOfBothAndTheSessionGoesOn()
    {
        static WormholeOptions Alone(WormholeOptions options) => options with { Transit = options.Transit with { Listen = false, Relays = [] } };
        var (a, b) = PairedInNetwork(Alone, Alone);
        var race = Open(a, b);
        Assert.That((race.Alice.Error as TransitException)?.Fault, Is.EqualTo(TransitFault.NoWay));
        Assert.That((race.Bob.Error as TransitException)?.Fault, Is.EqualTo(TransitFault.NoWay));
        var closed = Record(a.Close());
        Advance(5);
        Assert.That(closed.Values.Single().Mood, Is.EqualTo(Mood.Happy));
    }

    [Test]
    public void CannotListenWhereToldTo_NothingIsSent()
    {
        Network.Host("alice").Listen(TransitPorts.Only(4000)).Subscribe();
        var (a, b) = PairedInNetwork(options => options with { Transit = options.Transit with { Ports = TransitPorts.Only(4000) } });
        var race = Open(a, b);
        Assert.That((race.Alice.Error as TransitException)?.Fault, Is.EqualTo(TransitFault.CannotListen));
        Assert.That(race.Bob.IsOver, Is.False);
    }

    [Test]
    public void SessionEndsWhileConnecting_TheVerbFailsAndEverythingIsClosed()
    {
        var (a, b) = PairedInNetwork();
        Network.Host("bob").Silence();
        Network.Host("bob").Faults = new NetworkFaults { Inbound = Reach.Dropped, Outbound = Reach.Dropped };
        var (alice, bob) = Open(a, b);
        Assert.That(alice.IsOver, Is.False);
        a.Dispose();
        b.Close();
        Advance(6);
        Assert.That(alice.Error, Is.InstanceOf<WormholeClosedException>());
        Assert.That(bob.Error, Is.InstanceOf<WormholeClosedException>());
        Assert.That(Network.LeftBehind, Is.Empty);
    }

    [Test]
    public void SessionEndsBehindIt_TheLinkGoesOn()
    {
        var (a, b) = PairedInNetwork();
        var race = Open(a, b);
        a.Close();
        b.Close();
        Advance(6);
        race.Alice.Values[0].SendRecord("hello"u8.ToArray()).Subscribe();
        var received = Record(race.Bob.Values[0].ReceiveRecord());
        Advance(1);
        Assert.That(received.Values, Has.Count.EqualTo(1), received.Error?.ToString());
    }

    [Test]
    public void NobodyTakesTheConnection_ItIsClosedWithTheSession()
    {
        var (a, b) = PairedInNetwork();
        a.OpenTransit(TransitRole.Sender).Subscribe().Dispose();
        b.OpenTransit(TransitRole.Receiver).Subscribe().Dispose();
        Advance(5);
        Assert.That(Network.LeftBehind, Is.EqualTo(new[] { "alice: open connections: 1", "bob: open connections: 1" }));
        a.Dispose();
        b.Dispose();
        Advance(1);
        Assert.That(Network.LeftBehind, Is.Empty);
    }

    [Test]
    public void BothAreSenders_NothingConnects()
    {
        var (a, b) = PairedInNetwork();
        var (alice, bob) = (Record(a.OpenTransit(TransitRole.Sender)), Record(b.OpenTransit(TransitRole.Sender)));
        Advance(130);
        Assert.That((alice.Error as TransitException)?.Fault, Is.EqualTo(TransitFault.NotConnected));
        Assert.That((bob.Error as TransitException)?.Fault, Is.EqualTo(TransitFault.NotConnected));
    }

    [Test]
    public void RoleThatIsNone_IsRefusedAtOnce() =>
        Assert.That(() => Create("alice").OpenTransit((TransitRole)2), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private (Wormhole Alice, Wormhole Bob) PairedInNetwork(Func<WormholeOptions, WormholeOptions>? alice = null, Func<WormholeOptions, WormholeOptions>? bob = null) => Paired(
        _ => (alice ?? (options => options))(Network.OptionsFor(Rendezvous, "example.com/test", "alice")),
        _ => (bob ?? (options => options))(Network.OptionsFor(Rendezvous, "example.com/test", "bob")));

    private (Recorder<TransitLink> Alice, Recorder<TransitLink> Bob) Open(Wormhole alice, Wormhole bob)
    {
        var race = (Record(alice.OpenTransit(TransitRole.Sender)), Record(bob.OpenTransit(TransitRole.Receiver)));
        Advance(3);
        return race;
    }
}
