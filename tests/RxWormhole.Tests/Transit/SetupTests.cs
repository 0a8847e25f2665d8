using System.Net;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Transit;

/// <summary>Where we listen, and what the other side is told.</summary>
public sealed class SetupTests : RaceFixture
{
    [SetUp]
    public void AddRelay() => Network.AddRelay("relay.example");

    [Test]
    public void EverythingIsAllowed_OwnAddressesAndRelaysAreOffered()
    {
        var ours = Begin("alice").Ours;
        var alice = Network.Host("alice");
        Assert.Multiple(() =>
        {
            Assert.That(ours.Abilities, Is.EqualTo(new[] { TransitMessage.DirectTcp, TransitMessage.Relay }));
            Assert.That(ours.Hints, Is.EqualTo(new TransitHint[]
            {
                new DirectHint(alice.IPv4, alice.PortsOpen.Single()),
                new DirectHint(alice.IPv6, alice.PortsOpen.Single()),
                Network.Relays[0].Hint,
            }));
        });
    }

    [Test]
    public void DirectOnly_NoRelayIsOfferedOrDialled()
    {
        Network.Host("bob").Faults = NetworkFaults.BehindNat;
        var setup = Begin("alice", options => options with { Paths = TransitPaths.Direct });
        Connect(setup, TransitRole.Sender, Message(new DirectHint("bob", 1), Network.Relays[0].Hint));
        Advance(60);
        Assert.Multiple(() =>
        {
            Assert.That(setup.Ours.Abilities, Is.EqualTo(new[] { TransitMessage.DirectTcp }));
            Assert.That(setup.Ours.Hints, Has.Length.EqualTo(2).And.All.InstanceOf<DirectHint>());
            Assert.That(Network.Relays[0].Host.Accepted, Is.Zero);
        });
    }

    [Test]
    public void RelayOnly_NothingListensAndNoAddressIsOfferedOrDialled()
    {
        List<RawEnd> dialled = [];
        var direct = Listen("bob", dialled);
        var setup = Begin("alice", options => options with { Paths = TransitPaths.Relay });
        Connect(setup, TransitRole.Sender, Message(direct));
        Advance(60);
        Assert.Multiple(() =>
        {
            Assert.That(setup.Ours, Is.EqualTo(new TransitMessage([TransitMessage.Relay], [Network.Relays[0].Hint])));
            Assert.That(Network.Host("alice").PortsOpen, Is.Empty);
            Assert.That(dialled, Is.Empty);
            Assert.That(Network.Relays[0].Waiting, Is.EqualTo(1));
        });
    }

    [Test]
    public void NotListening_OffersOnlyRelaysAndStillDials()
    {
        List<RawEnd> dialled = [];
        var direct = Listen("bob", dialled);
        var setup = Begin("alice", options => options with { Listen = false });
        Connect(setup, TransitRole.Sender, Message(direct));
        Advance(1);
        Assert.Multiple(() =>
        {
            Assert.That(setup.Ours.Abilities, Is.EqualTo(new[] { TransitMessage.DirectTcp, TransitMessage.Relay }));
            Assert.That(setup.Ours.Hints, Is.EqualTo(new[] { Network.Relays[0].Hint }));
            Assert.That(Network.Host("alice").PortsOpen, Is.Empty);
            Assert.That(dialled, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void FixedPortIsTaken_IsAnErrorThatNamesIt()
    {
        Begin("alice", options => options with { Ports = TransitPorts.Only(4000) });
        var second = BeginRecorded("alice", options => options with { Ports = TransitPorts.Only(4000) });
        Assert.That((second.Error as TransitException)?.Fault, Is.EqualTo(TransitFault.CannotListen));
        Assert.That(second.Error!.Message, Does.Contain("port 4000"));
    }

    [Test]
    public void RangeOfPorts_TheFirstFreeOneIsUsed()
    {
        Func<TransitOptions, TransitOptions> range = options => options with { Ports = new TransitPorts(4000, 4001) };
        Begin("alice", range);
        Begin("alice", range);
        Assert.That(Network.Host("alice").PortsOpen, Is.EqualTo(new[] { 4000, 4001 }));
        var third = BeginRecorded("alice", range);
        Assert.That(third.Error!.Message, Does.Contain("4000 to 4001"));
    }

    [Test]
    public void NoNetworkAndAnyPort_IsOnlyLogged()
    {
        Network.Host("alice").Unplug();
        var setup = Begin("alice");
        Assert.That(setup.Ours.Hints, Is.EqualTo(new[] { Network.Relays[0].Hint }));
        Assert.That(Log.All, Has.Some.Contains("cannot listen"));
    }

    [Test]
    public void DisposedBeforeThereWasARace_NothingListensAnyMoreAndWhoWaitsIsClosed()
    {
        var setup = Begin("alice");
        var early = Dial("bob", setup.Ours.Hints[0]);
        Advance(1);
        Assert.That(early.ClosedAt, Is.Null);
        setup.Dispose();
        Advance(1);
        Assert.That(early.ClosedAt, Is.Not.Null);
        Assert.That(Network.Host("alice").PortsOpen, Is.Empty);
    }

    [Test]
    public void OwnHints_AreLiteralAddresses() =>
        Assert.That(Begin("alice").Ours.Hints.OfType<DirectHint>().All(hint => IPAddress.TryParse(hint.Hostname, out _)), Is.True);
}
