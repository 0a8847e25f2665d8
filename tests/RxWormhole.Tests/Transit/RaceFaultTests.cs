using System.Reactive.Linq;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Transit;

/// <summary>What goes wrong on the way to a connection, and what a peer that is not honest gets out of it.</summary>
public sealed class RaceFaultTests : RaceFixture
{
    private static readonly Func<TransitOptions, TransitOptions> WithoutListening = options => options with { Listen = false };

    [Test]
    public void NothingToTry_FailsAtOnce([Values] TransitPaths paths)
    {
        var setup = Begin("alice", options => options with { Listen = false, Paths = paths });
        var alice = Connect(setup, TransitRole.Sender, Message(new TorHint("abc.onion", 80)));
        AssertFailed(alice, TransitFault.NoWay, at: 0);
    }

    [Test]
    public void WeListenButTheOtherSideCannotDial_FailsAtOnce()
    {
        var setup = Begin("alice");
        var alice = Connect(setup, TransitRole.Sender, new TransitMessage([TransitMessage.Relay], []));
        AssertFailed(alice, TransitFault.NoWay, at: 0);
    }

    [Test]
    public void NobodyComes_FailsAfterTwoMinutes()
    {
        var setup = Begin("alice");
        var alice = Connect(setup, TransitRole.Receiver, Message());
        Advance(119.9);
        Assert.That(alice.IsOver, Is.False);
        Advance(0.2);
        AssertFailed(alice, TransitFault.NotConnected, at: 120);
        setup.Dispose();
        Assert.That(Network.LeftBehind, Is.Empty);
    }

    [Test]
    public void HintLeadsNowhere_FailsAfterTwoMinutes()
    {
        Network.Host("bob").Faults = NetworkFaults.BehindNat;
        var alice = Connect(Begin("alice", WithoutListening), TransitRole.Sender, Message(new DirectHint("bob", 1)));
        Advance(121);
        AssertFailed(alice, TransitFault.NotConnected, at: 120);
    }

    [Test]
    public void EveryAttemptIsRefused_FailsAtOnceAndSaysWhy()
    {
        var alice = Connect(Begin("alice", WithoutListening), TransitRole.Sender, Message(new DirectHint(Network.Host("bob").IPv4, 7), new DirectHint("nobody", 8)));
        Advance(1);
        AssertFailed(alice, TransitFault.NotConnected, at: 0);
        Assert.That(alice.Error!.Message, Does.Contain("10.0.0.2:7: the connection was refused").And.Contain("nobody:8: there is no host 'nobody'"));
    }

    [Test]
    public void HintConnectsAndStaysSilent_IsGivenUpAfterAMinute()
    {
        List<RawEnd> silent = [];
        var alice = Connect(Begin("alice", WithoutListening), TransitRole.Sender, Message(Listen("mallory", silent)));
        Advance(59);
        Assert.That(silent.Single().Heard, Is.EqualTo(Line(TransitRole.Sender)));
        Assert.That(silent.Single().ClosedAt, Is.Null);
        Advance(2);
        Assert.That(silent.Single().ClosedAt, Is.EqualTo(60).Within(0.1));
        AssertFailed(alice, TransitFault.NotConnected, at: 60);
    }

    [Test]
    public void HintConnectsAndStaysSilent_TheRelayIsUsedAllTheSame()
    {
        Network.AddRelay("relay.example");
        var silent = Listen("mallory", []);
        var (a, b) = (Begin("alice", WithoutListening), Begin("bob", WithoutListening));
        var race = (Connect(a, TransitRole.Sender, Message(silent)), Connect(b, TransitRole.Receiver, a.Ours));
        Advance(3);
        AssertConnected(race, isRelayed: true);
        Assert.That(race.Item1.EndedAt, Is.EqualTo(2).Within(0.1));
    }

    [TestCase("x")]
    [TestCase("HTTP/1.1 400 Bad Request\r\n")]
    [TestCase("transit receiver 0")]
    public void SomebodyElseAnswers_IsHungUpOnAtTheFirstWrongByte(string answer)
    {
        List<RawEnd> strangers = [];
        var alice = Connect(Begin("alice", WithoutListening), TransitRole.Sender, Message(Listen("mallory", strangers)));
        Advance(0.1);
        strangers.Single().Say(answer);
        Advance(0.1);
        AssertFailed(alice, TransitFault.NotConnected, at: 0.1);
        Assert.That(strangers.Single().ClosedAt, Is.Not.Null);
        Assert.That(strangers.Single().Heard, Is.EqualTo(Line(TransitRole.Sender)));
    }

    [Test]
    public void StrangersDial_TheOtherSideStillGetsThrough([Values] TransitRole role)
    {
        var a = Begin("alice");
        var alice = Connect(a, role, Message());
        var strangers = Enumerable.Range(0, 5).Select(each => Dial("mallory", a.Ours.Hints[0]).Saying(Line((TransitRole)(each % 2), new byte[32]))).ToArray();
        Advance(1);
        Assert.That(strangers.Select(each => each.ClosedAt), Has.All.Not.Null);
        var bob = Connect(Begin("bob", WithoutListening), role == TransitRole.Sender ? TransitRole.Receiver : TransitRole.Sender, a.Ours);
        Advance(1);
        AssertConnected((alice, bob), isRelayed: false);
    }

    [Test]
    public void HundredsDialAndStaySilent_TheOldestMakeRoomAndTheOtherSideGetsThrough()
    {
        var a = Begin("alice");
        var alice = Connect(a, TransitRole.Sender, Message());
        var silent = Enumerable.Range(0, 300).Select(_ => Dial("mallory", a.Ours.Hints[0])).ToArray();
        Advance(1);
        Assert.That(Network.Host("alice").ConnectionsOpen, Is.EqualTo(64));
        Assert.That(silent.Select(each => each.ClosedAt is null), Is.EqualTo(Enumerable.Range(0, 300).Select(each => each >= 300 - 64)));
        var bob = Connect(Begin("bob", WithoutListening), TransitRole.Receiver, a.Ours);
        Advance(1);
        AssertConnected((alice, bob), isRelayed: false);
    }

    [Test]
    public void ThousandsOfHints_AreDialledUpToABound()
    {
        TransitHint[] hints =
        [
            .. Enumerable.Range(1, 5000).Select(port => new DirectHint(Network.Host("mallory").IPv4, port)),
            .. Enumerable.Range(1, 300).Select(port => new RelayHint([new DirectHint("mallory", port)])),
        ];
        Network.Host("mallory").Faults = NetworkFaults.BehindNat;
        Connect(Begin("alice", WithoutListening), TransitRole.Sender, Message(hints));
        Advance(10);
        Assert.That(Network.Host("alice").Dialled, Is.EqualTo(TransitPlan.MostDirect + TransitPlan.MostRelays));
    }

    [Test]
    public void HintsThatAreNames_AreAFewOnly()
    {
        // Looking up a name may hold a thread for long.
        Network.Host("mallory").Faults = NetworkFaults.BehindNat;
        Connect(Begin("alice", WithoutListening), TransitRole.Sender, Message([.. Enumerable.Range(1, 50).Select(port => new DirectHint("mallory", port))]));
        Advance(1);
        Assert.That(Network.Host("alice").Dialled, Is.EqualTo(TransitPlan.MostNames));
    }

    [Test]
    public void ChosenConnectionIsDead_TheNextIsUsedAndTheOthersAreToldNevermind()
    {
        // Our word does not fit behind our own line, as long as nobody reads that.
        MakeNetwork(new VirtualNetworkOptions { Window = 89 });
        var a = Begin("alice");
        var alice = Connect(a, TransitRole.Sender, Message());
        Network.Host("dead").Dial(a.Ours.Hints[0]).Subscribe(connection => _ = connection.WriteAsync(System.Text.Encoding.ASCII.GetBytes(Line(TransitRole.Receiver))).AsTask());
        Advance(1);
        var ends = new[] { "one", "two", "three" }.Select(host => Dial(host, a.Ours.Hints[0]).Saying(Line(TransitRole.Receiver))).ToArray();
        Advance(30);
        Assert.That(alice.IsOver, Is.False);
        Assert.That(ends.Select(end => end.Heard), Has.All.EqualTo(Line(TransitRole.Sender)));
        Advance(35);
        Assert.Multiple(() =>
        {
            Assert.That(alice.Values, Has.Count.EqualTo(1));
            Assert.That(alice.EndedAt, Is.EqualTo(60).Within(0.1));
            Assert.That(ends.Select(end => end.Heard[87..]), Is.EqualTo(new[] { "go\n", "nevermind\n", "nevermind\n" }));
            Assert.That(ends.Select(end => end.ClosedAt is null), Is.EqualTo(new[] { true, false, false }));
        });
    }

    [Test]
    public void ReceiverIsToldNevermind_ThatConnectionIsClosedAndTheNextCounts()
    {
        var a = Begin("alice");
        var alice = Connect(a, TransitRole.Receiver, Message());
        var refused = Dial("bob", a.Ours.Hints[0]).Saying($"{Line(TransitRole.Sender)}nevermind\n");
        Advance(1);
        Assert.That(refused.ClosedAt, Is.Not.Null);
        Assert.That(alice.IsOver, Is.False);
        var chosen = Dial("bob", a.Ours.Hints[0]).Saying($"{Line(TransitRole.Sender)}go\n");
        Advance(1);
        Assert.That(alice.Values, Has.Count.EqualTo(1));
        Assert.That(chosen.ClosedAt, Is.Null);
    }

    [Test]
    public void ReceiverHasTwoGoodLinesAndNoGo_WaitsForTheWord()
    {
        var a = Begin("alice");
        var alice = Connect(a, TransitRole.Receiver, Message());
        var ends = Enumerable.Range(0, 2).Select(_ => Dial("bob", a.Ours.Hints[0]).Saying(Line(TransitRole.Sender))).ToArray();
        Advance(10);
        Assert.That(alice.IsOver, Is.False);
        ends[1].Say("go\n");
        Advance(1);
        Assert.That(alice.Values, Has.Count.EqualTo(1));
        Assert.That(ends.Select(end => end.ClosedAt is null), Is.EqualTo(new[] { false, true }));
    }

    [Test]
    public void RecordRightBehindGo_IsNotLost()
    {
        using var keys = new TransitKeys(TransitKey);
        using var sealer = new RecordSealer(keys.RecordKey(TransitRole.Sender));
        var record = SealedRecord(sealer, "hello"u8);
        var a = Begin("alice");
        var alice = Connect(a, TransitRole.Receiver, Message());
        var end = Dial("bob", a.Ours.Hints[0]);
        end.On(_ => end.Say([.. System.Text.Encoding.ASCII.GetBytes($"{Line(TransitRole.Sender)}go\n"), .. record]));
        Advance(1);
        var received = Record(alice.Values.Single().ReceiveRecord());
        Advance(1);
        Assert.That(received.Values.Single().ToArray(), Is.EqualTo("hello"u8.ToArray()), received.Error?.ToString());
    }

    private static byte[] SealedRecord(RecordSealer sealer, ReadOnlySpan<byte> plaintext)
    {
        var frame = new byte[RecordSealer.Overhead + plaintext.Length];
        plaintext.CopyTo(frame.AsSpan(RecordSealer.Overhead));
        sealer.Seal(frame);
        return frame;
    }
}
