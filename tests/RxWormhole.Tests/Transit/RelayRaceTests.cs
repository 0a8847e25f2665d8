using RxWormhole.Protocol;

namespace RxWormhole.Tests.Transit;

/// <summary>Relays: several, dead, silent, slow and lying ones.</summary>
public sealed class RelayRaceTests : RaceFixture
{
    private static readonly Func<TransitOptions, TransitOptions> WithoutListening = options => options with { Listen = false };

    [Test]
    public void OneRelayIsDown_TheOtherIsUsed()
    {
        Network.AddRelay("dead.example").Stop();
        Network.AddRelay("relay.example");
        var race = Race(alice: WithoutListening, bob: WithoutListening);
        Advance(1);
        AssertConnected(race, isRelayed: true);
        Assert.That(race.Alice.Values[0].Route.Address, Is.EqualTo("relay.example:4001"));
    }

    [Test]
    public void RelayOfHigherPriorityIsSilent_TheNextFollowsAHeadStartLater()
    {
        var silent = Network.AddRelay("silent.example");
        silent.IsSilent = true;
        Network.AddRelay("relay.example");
        Func<TransitOptions, TransitOptions> ranked = options => WithoutListening(options) with
        {
            Relays = [new RelayHint([new DirectHint("relay.example", 4001)]), new RelayHint([new DirectHint("silent.example", 4001, Priority: 1)])],
        };
        var race = Race(alice: ranked, bob: ranked);
        Advance(3);
        AssertConnected(race, isRelayed: true);
        Assert.That(race.Alice.EndedAt, Is.EqualTo(2).Within(0.1));
        Assert.That(silent.Host.Accepted, Is.EqualTo(2));
        Advance(1);
        Assert.That(silent.Host.ConnectionsOpen, Is.Zero);
    }

    [Test]
    public void RelayOfHigherPriorityIsDown_TheNextFollowsAtOnce()
    {
        Network.AddRelay("dead.example").Stop();
        Network.AddRelay("relay.example");
        Func<TransitOptions, TransitOptions> ranked = options => WithoutListening(options) with
        {
            Relays = [new RelayHint([new DirectHint("relay.example", 4001)]), new RelayHint([new DirectHint("dead.example", 4001, Priority: 1)])],
        };
        var race = Race(alice: ranked, bob: ranked);
        Advance(1);
        AssertConnected(race, isRelayed: true);
        Assert.That(race.Alice.EndedAt, Is.LessThan(0.2));
    }

    [Test]
    public void OnlyRelayIsSilent_FailsAfterTwoMinutes()
    {
        Network.AddRelay("silent.example").IsSilent = true;
        var race = Race(alice: WithoutListening, bob: WithoutListening);
        Advance(121);
        AssertFailed(race.Alice, TransitFault.NotConnected, at: 120);
        AssertFailed(race.Bob, TransitFault.NotConnected, at: 120);
        Advance(1);
        Assert.That(Network.LeftBehind, Is.Empty);
    }

    [Test]
    public void OnlyRelayIsDown_FailsAtOnce()
    {
        Network.AddRelay("dead.example").Stop();
        var race = Race(alice: WithoutListening, bob: WithoutListening);
        Advance(1);
        AssertFailed(race.Alice, TransitFault.NotConnected, at: 0);
    }

    [Test]
    public void RelayIsBehindDirectHintsThatLeadNowhere_ButDirectIsForbidden()
    {
        Network.AddRelay("relay.example");
        var race = Race(alice: options => options with { Paths = TransitPaths.Relay }, bob: options => options with { Paths = TransitPaths.Relay });
        Advance(1);
        AssertConnected(race, isRelayed: true);
        Assert.That(race.Alice.EndedAt, Is.LessThan(0.1));
    }

    [TestCase("bad handshake\n")]
    [TestCase("impatient\n")]
    [TestCase("okay")]
    public void RelayRefuses_IsGivenUp(string answer)
    {
        List<RawEnd> asked = [];
        var relay = Listen("relay.example", asked);
        var alice = Connect(Begin("alice", WithoutListening), TransitRole.Sender, Message(new RelayHint([relay])));
        Advance(0.1);
        Assert.That(asked.Single().Heard, Does.Match("^please relay [0-9a-f]{64} for side [0-9a-f]{16}\n$"));
        asked.Single().Say(answer);
        Advance(0.1);
        AssertFailed(alice, TransitFault.NotConnected, at: 0.1);
    }

    [Test]
    public void RelaySaysOkAndNothingMore_IsGivenUpAMinuteLater()
    {
        List<RawEnd> asked = [];
        var relay = Listen("relay.example", asked);
        var alice = Connect(Begin("alice", WithoutListening), TransitRole.Sender, Message(new RelayHint([relay])));
        Advance(30);
        asked.Single().Say("ok\n");
        Advance(61);
        AssertFailed(alice, TransitFault.NotConnected, at: 90);
        Assert.That(asked.Single().Heard, Does.EndWith(Line(TransitRole.Sender)));
    }

    [Test]
    public void SameRelayInManyHints_IsDialledOnce()
    {
        var relay = Network.AddRelay("relay.example");
        var hints = Enumerable.Range(0, 10).Select(each => new RelayHint([new DirectHint("relay.example", 4001, each)])).ToArray();
        Connect(Begin("alice", WithoutListening), TransitRole.Sender, Message(hints));
        Advance(10);
        Assert.That(relay.Host.Accepted, Is.EqualTo(1));
    }

    [Test]
    public void AllConnectionsOfOneSideToRelays_NameTheSameSide()
    {
        List<RawEnd> asked = [];
        var relays = new[] { "one", "two", "three" }.Select(host => new RelayHint([Listen(host, asked)])).ToArray();
        Connect(Begin("alice", WithoutListening), TransitRole.Sender, Message(relays));
        Advance(1);
        Assert.That(asked, Has.Count.EqualTo(3));
        Assert.That(asked.Select(end => end.Heard).Distinct().Count(), Is.EqualTo(1));
    }
}
