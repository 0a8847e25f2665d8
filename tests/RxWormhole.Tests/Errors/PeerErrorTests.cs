using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Errors;

/// <summary>What a peer may do to a session, and what the user is told.</summary>
public sealed class PeerErrorTests : VirtualTimeFixture
{
    private const string PeerSide = "0123456789";

    [Test]
    public void WrongCode_IsFoundOutByBothSidesAndIsNeverAnotherVerifier()
    {
        using var a = Create("alice");
        using var b = Create("bob");
        var verifiers = new[] { Record(a.Verifier), Record(b.Verifier) };
        var status = new[] { Record(a.Status), Record(b.Status) };
        a.SetCode("4-purple-sausages").Subscribe();
        b.SetCode("4-purple-sandwich").Subscribe();
        Advance(10);
        Assert.Multiple(() =>
        {
            Assert.That(verifiers.Select(each => each.Values.Count), Is.All.Zero);
            Assert.That(verifiers.Select(each => each.Error), Is.All.InstanceOf<WrongCodeException>());
            Assert.That(verifiers[0].Error!.Message, Does.Contain("Agree on a new code").And.Not.Contain("sausages"));
            Assert.That(status.Select(each => each.Values[^1].Outcome!.Mood), Is.All.EqualTo(Mood.Scary));
            Assert.That(Rendezvous.Transcript.ToString(), Does.Contain("scary"));
            PlainSession.AssertNothingLeft(Rendezvous);
        });
    }

    [Test]
    public void OtherApplicationId_DoesNotMeet()
    {
        using var a = Create("alice");
        using var b = Wormhole.Create(Options("bob") with { AppId = "example.com/other" });
        var verifier = Record(a.Verifier);
        a.SetCode("4-a-b").Subscribe();
        b.SetCode("4-a-b").Subscribe();
        Advance(400);
        Assert.That(verifier.Error, Is.InstanceOf<WormholeTimeoutException>());
    }

    [TestCase("""{"not_pake_v1": "00"}""")]
    [TestCase("""{"pake_v1": 5}""")]
    [TestCase("""{"pake_v1": "zz"}""")]
    [TestCase("[]")]
    [TestCase("nonsense")]
    [TestCase("""{"pake_v1": "530100000000000000000000000000000000000000000000000000000000000000"}""")]
    public void MalformedPake_IsScary(string body)
    {
        var verifier = Meet(Body(body), Phase.Pake);
        Assert.That(verifier.Error, Is.InstanceOf<WrongCodeException>());
    }

    [Test]
    public void ReflectedPake_IsScary()
    {
        // The server sends our own pake back as if it were the peer's.
        Rendezvous.Client("alice").Faults = new LinkFaults
        {
            Rewrite = frame => !frame.IsFromClient && frame.Text.Contains("\"phase\":\"pake\"", StringComparison.Ordinal)
                ? [frame, frame.With(System.Text.RegularExpressions.Regex.Replace(frame.Text, "\"side\":\"[^\"]*\"", $"\"side\":\"{PeerSide}\""))]
                : [frame],
        };
        using var a = Create("alice");
        var verifier = Record(a.Verifier);
        a.SetCode("4-a-b").Subscribe();
        Advance(1);
        Assert.That(verifier.Error, Is.InstanceOf<WrongCodeException>());
    }

    [Test]
    public void SecondPakeWithAnotherContent_IsScary()
    {
        using var impostor = new Impostor(Rendezvous, Clock, "4-a-b", PeerSide);
        using var a = Create("alice");
        var messages = Record(a.Messages);
        a.SetCode("4-a-b").Subscribe();
        impostor.Pair();
        Advance(1);
        Assert.That(messages.IsOver, Is.False);
        impostor.Add(Phase.Pake, Body("""{"pake_v1": "00"}"""));
        Advance(1);
        Assert.That(messages.Error, Is.InstanceOf<WrongCodeException>().With.Message.Contains("second key exchange"));
    }

    [Test]
    public void MessageThatDoesNotFitTheKey_IsScaryAlsoAfterThePairing()
    {
        using var impostor = new Impostor(Rendezvous, Clock, "4-a-b", PeerSide);
        using var a = Create("alice");
        var messages = Record(a.Messages);
        a.SetCode("4-a-b").Subscribe();
        impostor.Pair();
        impostor.AddSealed("0", "good"u8);
        impostor.Add("1", new byte[60]);
        Advance(1);
        Assert.That(messages.Values.Single().Text, Is.EqualTo("good"));
        Assert.That(messages.Error, Is.InstanceOf<WrongCodeException>());
    }

    [Test]
    public void BodyTooShortToBeSealed_IsScary()
    {
        using var impostor = new Impostor(Rendezvous, Clock, "4-a-b", PeerSide);
        using var a = Create("alice");
        var messages = Record(a.Messages);
        a.SetCode("4-a-b").Subscribe();
        impostor.Pair();
        impostor.Add("0", []);
        Advance(1);
        Assert.That(messages.Error, Is.InstanceOf<WrongCodeException>());
    }

    [Test]
    public void StrangerInTheMailbox_IsPassedOver()
    {
        using var impostor = new Impostor(Rendezvous, Clock, "4-a-b", PeerSide);
        using var a = Create("alice");
        var messages = Record(a.Messages);
        a.SetCode("4-a-b").Subscribe();
        impostor.Pair();
        Advance(1);
        impostor.Smuggle("9999999999", "0", new byte[60]);
        impostor.Smuggle("9999999999", Phase.Pake, Body("{}"));
        impostor.AddSealed("0", "mine"u8);
        Advance(1);
        Assert.That(messages.IsOver, Is.False);
        Assert.That(messages.Values.Single().Text, Is.EqualTo("mine"));
    }

    [TestCase("[]")]
    [TestCase("""{"app_versions": 7}""")]
    [TestCase("not JSON")]
    public void VersionMessageThatIsNoObject_EndsTheSession(string plaintext)
    {
        using var impostor = new Impostor(Rendezvous, Clock, "4-a-b", PeerSide);
        using var a = Create("alice");
        var messages = Record(a.Messages);
        a.SetCode("4-a-b").Subscribe();
        impostor.Pair(System.Text.Encoding.UTF8.GetBytes(plaintext));
        Advance(1);
        Assert.That(messages.Error, Is.TypeOf<WormholeException>().With.Message.Contains("not a JSON object"));
    }

    [TestCase("00")]
    [TestCase("01")]
    [TestCase("2147483648")]
    [TestCase("99999999999999999999999")]
    public void NumberNobodyWrites_EndsTheSession(string phase)
    {
        var messages = PairAnd(impostor => impostor.AddSealed(phase, "x"u8));
        Assert.That(messages.Error, Is.TypeOf<WormholeException>().With.Message.Contains("plain decimal below 2^31"));
    }

    [Test]
    public void PhaseNobodyKnows_IsPassedOver()
    {
        var messages = PairAnd(impostor =>
        {
            impostor.AddSealed("dilate-0", "x"u8);
            impostor.AddSealed("later", "x"u8);
            impostor.AddSealed("0", "y"u8);
        });
        Assert.That(messages.Values.Single().Text, Is.EqualTo("y"));
    }

    [Test]
    public void MessagesOutOfOrder_AreDeliveredInOrder()
    {
        var messages = PairAnd(impostor =>
        {
            foreach (var phase in new[] { "2", "0", "3", "1", "0", "2" })
                impostor.AddSealed(phase, System.Text.Encoding.UTF8.GetBytes(phase));
        });
        Assert.That(messages.Values.Select(message => message.Text), Is.EqualTo(new[] { "0", "1", "2", "3" }));
    }

    [TestCase(100, false)]
    [TestCase(101, true)]
    public void MessagesHeldForAGap_AreBounded(int held, bool ends)
    {
        var messages = PairAnd(impostor =>
        {
            for (var i = 1; i <= held; i++)
                impostor.AddSealed($"{i}", "x"u8);
        });
        Assert.That(messages.IsOver, Is.EqualTo(ends));
        if (ends)
            Assert.That(messages.Error!.Message, Does.Contain("HeldMessages").And.Contain("100"));
    }

    [TestCase(0, false)]
    [TestCase(1, true)]
    public void LengthOfAMessage_IsBounded(int tooMuch, bool ends)
    {
        var messages = PairAnd(impostor => impostor.AddSealed("0", new byte[1000 + tooMuch]), bounds => bounds with { MessageBytes = 1000 });
        AssertBound(messages, ends, "MessageBytes");
    }

    [TestCase(5, false)]
    [TestCase(6, true)]
    public void NumberOfMessages_IsBounded(int count, bool ends)
    {
        var messages = PairAnd(impostor => impostor.AddMany(count, 1), bounds => bounds with { SessionMessages = 5 });
        AssertBound(messages, ends, "SessionMessages");
    }

    [TestCase(10, false)]
    [TestCase(11, true)]
    public void BytesOfAllMessages_AreBounded(int count, bool ends)
    {
        var messages = PairAnd(impostor => impostor.AddMany(count, 100), bounds => bounds with { MessageBytes = 900, SessionBytes = 1000 });
        AssertBound(messages, ends, "SessionBytes");
    }

    [Test]
    public void MessagesReplayedOverManyLinks_CountOnce()
    {
        using var impostor = new Impostor(Rendezvous, Clock, "4-a-b", PeerSide);
        using var a = Wormhole.Create(Options("alice") with { Bounds = new WormholeBounds { SessionMessages = 5 } });
        var messages = Record(a.Messages);
        a.SetCode("4-a-b").Subscribe();
        impostor.Pair();
        impostor.AddMany(5, 1);
        for (var i = 0; i < 5; i++)
        {
            Advance(10);
            Rendezvous.Client("alice").Cut();
        }

        Advance(10);
        Assert.That(messages.IsOver, Is.False);
        Assert.That(messages.Values, Has.Count.EqualTo(5));
    }

    [Test]
    public void SendingBeyondABound_IsRefusedAndTheSessionGoesOn()
    {
        var (a, b) = Paired(options => options with { Bounds = new WormholeBounds { MessageBytes = 10, SessionBytes = 25, SessionMessages = 4 } });
        var received = Record(b.Messages);
        Assert.That(() => a.Send(new byte[11]), Throws.ArgumentException.With.Message.Contains("10 bytes"));
        var sent = new[] { 10, 10, 10, 5, 0, 0 }.Select(length => Record(a.Send(new byte[length]))).ToArray();
        Advance(1);
        Assert.Multiple(() =>
        {
            Assert.That(sent.Select(each => each.Error is null), Is.EqualTo(new[] { true, true, false, true, true, false }));
            Assert.That(sent[2].Error, Is.InstanceOf<WormholeUsageException>().With.Message.Contains("SessionBytes"));
            Assert.That(sent[5].Error, Is.InstanceOf<WormholeUsageException>().With.Message.Contains("SessionMessages"));
            Assert.That(received.Values.Select(message => message.Bytes.Length), Is.EqualTo(new[] { 10, 10, 5, 0 }));
        });
    }

    private static void AssertBound(Recorder<WormholeMessage> messages, bool ends, string name)
    {
        Assert.That(messages.IsOver, Is.EqualTo(ends));
        if (ends)
        {
            Assert.That(messages.Error, Is.TypeOf<WormholeException>().With.Property("Mood").EqualTo(Mood.Errory));
            Assert.That(messages.Error!.Message, Does.Contain($"WormholeBounds.{name}"));
        }
    }

    private Recorder<WormholeMessage> PairAnd(Action<Impostor> then, Func<WormholeBounds, WormholeBounds>? bounds = null)
    {
        using var impostor = new Impostor(Rendezvous, Clock, "4-a-b", PeerSide);
        var a = Wormhole.Create(Options("alice") with { Bounds = (bounds ?? (usual => usual))(new WormholeBounds()) });
        var messages = Record(a.Messages);
        a.SetCode("4-a-b").Subscribe();
        impostor.Pair();
        then(impostor);
        Advance(5);
        return messages;
    }

    private Recorder<Verifier> Meet(byte[] body, string phase)
    {
        using var impostor = new Impostor(Rendezvous, Clock, "4-a-b", PeerSide);
        using var a = Create("alice");
        var verifier = Record(a.Verifier);
        a.SetCode("4-a-b").Subscribe();
        Advance(1);
        impostor.Open();
        impostor.Add(phase, body);
        Advance(1);
        return verifier;
    }

    private static byte[] Body(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
