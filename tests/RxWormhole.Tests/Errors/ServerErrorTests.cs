using System.Reactive.Linq;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Errors;

/// <summary>What a server may do to a session, and what the user is told.</summary>
public sealed class ServerErrorTests : VirtualTimeFixture
{
    [Test]
    public void ThirdSideOnANameplate_IsToldThatItIsCrowdedAndTheFirstTwoGoOn()
    {
        var (a, b) = Paired();
        var nameplate = Rendezvous.Transcript.From("alice").Select(frame => MessageCodec.ReadCommand(frame.Bytes.Span).Message).OfType<ClientMessage.Claim>().Single().Nameplate;

        // Both have released it, so a third one is alone on a new one; but not while one of them still holds it.
        Rendezvous.Client("dave").Faults = new LinkFaults().Losing(frame => frame.IsFromClient && frame.Type == "release");
        using var c = Create("carol");
        using var d = Create("dave");
        using var e = Create("eve");
        c.SetCode("77-a-b").Subscribe();
        Advance(1);
        d.SetCode("77-a-b").Subscribe();
        Advance(0.03);
        var crowded = Record(e.SetCode("77-a-b"));
        var status = Record(e.Status);
        var verifier = Record(e.Verifier);
        Advance(5);
        Assert.Multiple(() =>
        {
            Assert.That(nameplate, Is.Not.EqualTo("77"));
            Assert.That(crowded.Values, Is.EqualTo(new[] { "77-a-b" }));
            Assert.That(verifier.Error, Is.InstanceOf<ServerException>().With.Property("Fault").EqualTo(ServerFault.Crowded));
            Assert.That(verifier.Error!.Message, Does.Contain("Nameplate 77").And.Contain("agree on a new one"));
            Assert.That(status.Values[^1].Outcome!.Mood, Is.EqualTo(Mood.Errory));
        });
        var received = Record(b.Messages);
        a.Send("still there");
        Advance(1);
        Assert.That(received.Values.Single().Text, Is.EqualTo("still there"));
    }

    [Test]
    public void ServerThatDoesNotServe_IsQuotedAndHearsNothing()
    {
        Rendezvous.Welcome = new WelcomeInfo { Error = "closed for \u001b[31mrepairs" };
        using var a = Create("alice");
        var code = Record(a.AllocateCode());
        Advance(1);
        Assert.Multiple(() =>
        {
            Assert.That(code.Error, Is.InstanceOf<ServerException>().With.Property("Fault").EqualTo(ServerFault.Refused));
            Assert.That(((WormholeException)code.Error!).Mood, Is.EqualTo(Mood.Unwelcome));
            Assert.That(code.Error!.Message, Does.Contain("closed for \\u{1b}[31mrepairs"));
            Assert.That(Rendezvous.Transcript.From("alice"), Is.Empty);
            Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
        });
    }

    [Test]
    public void ServerTakenOutOfServiceLater_EndsTheSessionAndIsLeftClean()
    {
        var (a, _) = Paired();
        var messages = Record(a.Messages);
        Rendezvous.Welcome = new WelcomeInfo { Error = "going down" };
        Rendezvous.Client("alice").Cut();
        Advance(5);
        Assert.That(messages.Error!.Message, Does.Contain("going down"));
        Assert.That(Rendezvous.Transcript.From("alice").Last().Text, Does.Contain("unwelcome"));
    }

    [Test]
    public void ErrorOfTheServer_IsQuoted()
    {
        Garble(frame => frame.Text.Contains("\"claimed\"", StringComparison.Ordinal), _ => """{"type":"error","error":"out of order","orig":{"type":"claim"}}""");
        AssertFails(ServerFault.Refused, "out of order");
    }

    [TestCase("{nope", "not a JSON object")]
    [TestCase("[]", "not a JSON object")]
    [TestCase("""{"type":7}""", "without a type")]
    [TestCase("""{"type":"claimed"}""", "lacks what the type needs")]
    [TestCase("""{"type":"claimed","mailbox":{}}""", "lacks what the type needs")]
    [TestCase("""{"type":"allocated","nameplate":"4"}""", "nobody asked for")]
    [TestCase("""{"type":"message","side":"x","phase":"pake","body":"zz"}""", "not hex")]
    [TestCase("""{"type":"message","side":"x","phase":"pake","body":"0"}""", "not hex")]
    public void NonsenseOfTheServer_EndsTheSessionAndIsNamed(string answer, string what)
    {
        Garble(frame => frame.Text.Contains("\"claimed\"", StringComparison.Ordinal), _ => answer);
        AssertFails(ServerFault.Protocol, what);
    }

    [Test]
    public void SecondMailbox_IsNonsense()
    {
        Garble(
            frame => frame.Text.Contains("\"phase\":\"pake\"", StringComparison.Ordinal),
            _ => """{"type":"claimed","mailbox":"another"}""");
        AssertFails(ServerFault.Protocol, "nobody asked for");
    }

    [Test]
    public void AllocatedNameplateThatIsNone_IsNonsense()
    {
        Garble(frame => frame.Text.Contains("\"allocated\"", StringComparison.Ordinal), _ => """{"type":"allocated","nameplate":"four"}""");
        using var a = Create("alice");
        var code = Record(a.AllocateCode());
        Advance(1);
        Assert.That(code.Error, Is.InstanceOf<ServerException>().With.Property("Fault").EqualTo(ServerFault.Protocol));
    }

    [Test]
    public void UnknownTypesAndKeys_ArePassedOver()
    {
        Rendezvous.Client("alice").Faults = new LinkFaults
        {
            Rewrite = frame => frame.IsFromClient ? [frame] :
            [
                frame.With("""{"type":"brand-new","mailbox":{},"nameplates":7}"""),
                frame.With(frame.Text.Insert(1, "\"extra\":[1],")),
            ],
        };
        Rendezvous.Client("bob").Faults = Rendezvous.Client("alice").Faults;
        new PlainSession(Clock, Rendezvous).Run().AssertEndedRight(mayLeak: false);
    }

    [Test]
    public void ServerThatDoublesEverything_ChangesNothing()
    {
        Rendezvous.Client("alice").Faults = new LinkFaults().Doubling(frame => !frame.IsFromClient && frame.Text.Contains("\"message\"", StringComparison.Ordinal));
        Rendezvous.Client("bob").Faults = Rendezvous.Client("alice").Faults;
        new PlainSession(Clock, Rendezvous).Run().AssertEndedRight(mayLeak: false);
    }

    [Test]
    public void EchoOfWhatWeNeverSent_EndsTheSessionWithoutAWord()
    {
        Garble(
            frame => frame.Text.Contains("\"phase\":\"pake\"", StringComparison.Ordinal),
            text => text.Replace("7b22", "7b23", StringComparison.Ordinal));
        using var a = Create("alice");
        var verifier = Record(a.Verifier);
        a.SetCode("4-a-b").Subscribe();
        Advance(1);
        Assert.That(verifier.Error, Is.InstanceOf<StaleCheckpointException>());
        Assert.That(Rendezvous.Transcript.From("alice").Select(frame => frame.Type), Does.Not.Contain("close"));
    }

    [Test]
    public void ConnectorThatThrows_FailsTheSessionAndNotTheCaller()
    {
        using var a = Wormhole.Create(Options("alice") with { Connector = new ThrowingConnector() });
        var code = Record(a.AllocateCode());
        Advance(10);
        Assert.That(code.Error, Is.InstanceOf<WormholeException>().With.InnerException.Message.EqualTo("mine"));
    }

    [Test]
    public void EntropyThatThrows_FailsTheSessionAndNotTheCaller()
    {
        var drawn = 0;
        Entropy broken = destination =>
        {
            if (++drawn > 2)
                throw new InvalidOperationException("mine");
            destination.Fill(7);
        };
        using var a = Wormhole.Create(Options("alice") with { Entropy = broken });
        var code = Record(a.AllocateCode());
        Advance(10);
        Assert.That(code.Error, Is.InstanceOf<WormholeException>());
    }

    private void Garble(Predicate<VirtualFrame> which, Func<string, string> text) =>
        Rendezvous.Client("alice").Faults = new LinkFaults().Changing(frame => !frame.IsFromClient && which(frame), text);

    private void AssertFails(ServerFault fault, string what)
    {
        using var a = Create("alice");
        var (verifier, status) = (Record(a.Verifier), Record(a.Status));
        a.SetCode("4-a-b").Subscribe();
        Advance(10);
        Assert.Multiple(() =>
        {
            Assert.That(verifier.Error, Is.InstanceOf<ServerException>().With.Property("Fault").EqualTo(fault));
            Assert.That(verifier.Error?.Message, Does.Contain(what));
            Assert.That(status.IsCompleted, Is.True);
            Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
        });
    }

    private sealed class ThrowingConnector : IRendezvousConnector
    {
        public IObservable<ReadOnlyMemory<byte>> Connect(Uri server, IObservable<ReadOnlyMemory<byte>> outbound) => throw new InvalidOperationException("mine");
    }
}
