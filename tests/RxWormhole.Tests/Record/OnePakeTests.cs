using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Record;

/// <summary>Rule 2: the secret of the key exchange meets one <c>pake</c> only, however often the process is started anew.</summary>
public sealed class OnePakeTests : VirtualTimeFixture
{
    private const string Code = "4-a-b";
    private const string Side = "cafe";

    private readonly Drawer drawer = new();

    [SetUp]
    public void ClearJournal() => drawer.All.Clear();

    [Test]
    public void AnotherPakeAfterARestore_IsScaryAndGetsNoAnswer([Values] LinkMode mode)
    {
        using var impostor = new Impostor(Rendezvous, Clock, Code, Side);
        DieBehindThePake(impostor, mode);
        var other = Spake2.Start(Utf8Text.Normalized(Code), Spake2.CreateScalar(SeededEntropy.Create(5).Draw(Spake2.EntropyLength)));
        var second = Convert.ToHexStringLower(PakeBody.Write(other.Message.Span));
        var first = Convert.ToHexStringLower(drawer.LatestRecord.PeerPake.Span);
        Rendezvous.Client("alice").Faults = LinkFaults.None.Changing(frame => !frame.IsFromClient, text => text.Replace(first, second, StringComparison.Ordinal));

        using var restored = Restore(mode);
        var status = Record(restored.Status);
        restored.Resume().Subscribe(_ => { }, _ => { });
        Advance(10);
        Assert.Multiple(() =>
        {
            Assert.That(status.Values[^1].Outcome!.Error, Is.InstanceOf<WrongCodeException>());
            Assert.That(status.Values[^1].Outcome!.Mood, Is.EqualTo(Mood.Scary));
            Assert.That(Bodies(Phase.Version).Distinct().Count(), Is.EqualTo(1), "nothing is sealed for the second");
            Assert.That(drawer.Latest.IsEnded, Is.True);
        });
    }

    [Test]
    public void PakeOfAThirdSideBeforeTheFirstOne_IsPassedOverAfterARestore([Values] LinkMode mode)
    {
        // Bob's version is lost until alice has been started anew.
        Rendezvous.Client("bob").Faults = LinkFaults.None.Losing(frame => frame.IsFromClient && frame.Text.Contains("\"version\"", StringComparison.Ordinal));
        using var bob = Create("bob");
        bob.SetCode(Code).Subscribe();
        using (var wormhole = Wormhole.Create(Options("alice") with { Mode = mode, Journal = drawer.Store }))
        {
            wormhole.SetCode(Code).Subscribe();
            Advance(2);
        }

        Assert.That(drawer.LatestRecord.PeerSide, Is.Not.Null);
        Assert.That(drawer.LatestRecord.IsConfirmed, Is.False);
        SmuggleBefore(drawer.LatestRecord.PeerSide!, drawer.LatestRecord.PeerPake);
        using var restored = Restore(mode);
        var verifiers = new[] { Record(restored.Verifier), Record(bob.Verifier) };
        restored.Resume().Subscribe();
        Rendezvous.Client("bob").Faults = LinkFaults.None;
        Rendezvous.Client("bob").Cut();
        Advance(10);
        Assert.That(Rendezvous.Transcript.To("alice").Count(frame => frame.Text.Contains("\"dead\"", StringComparison.Ordinal)), Is.Positive);
        Assert.That(verifiers[0].Values, Has.Count.EqualTo(1).And.EqualTo(verifiers[1].Values), () => $"{verifiers[0].Error}\n{Rendezvous.Transcript}");
    }

    [Test]
    public void PakeOfAThirdSideBeforeTheFirstOne_IsPassedOverByATypedCodeToo()
    {
        using var impostor = new Impostor(Rendezvous, Clock, Code, Side);
        using (var wormhole = Wormhole.Create(Options("alice") with { Journal = drawer.Store }))
        {
            var input = wormhole.InputCode();
            input.ChooseNameplate("4").Subscribe();
            Advance(1);
            impostor.Open();
            impostor.Add(Phase.Pake, Pake());
            Advance(1);
        }

        Assert.That(drawer.LatestRecord.PeerSide, Is.EqualTo(Side));
        SmuggleBefore(Side, Pake());
        using var restored = Restore(LinkMode.Push);
        var status = Record(restored.Status);
        var typed = Record(restored.InputCode().ChooseWords("a-b"));
        Advance(5);
        Assert.That(typed.Error, Is.Null);
        Assert.That(status.Values[^1].Stage, Is.EqualTo(WormholeStage.Exchanging));
        Assert.That(drawer.LatestRecord.PeerSide, Is.EqualTo(Side));
        var expected = Spake2.Start(Utf8Text.Normalized(Code), drawer.LatestRecord.Scalar).Finish(Element(Pake()), Utf8Text.Normalized("example.com/test"))!;
        Assert.That(
            expected.TryOpen(drawer.LatestRecord.Side, Phase.Version, Convert.FromHexString(Bodies(Phase.Version).Single()), out _), Is.True,
            "our version is for the side in the record");
    }

    [Test]
    public void SecondPakeOfTheSameContent_IsNothingNew()
    {
        using var impostor = new Impostor(Rendezvous, Clock, Code, Side);
        DieBehindThePake(impostor, LinkMode.Push);
        Rendezvous.Client("alice").Faults = LinkFaults.None.Doubling(frame => !frame.IsFromClient && frame.Type == "message");
        using var restored = Restore(LinkMode.Push);
        var status = Record(restored.Status);
        restored.Resume().Subscribe();
        Advance(5);
        Assert.That(status.Values[^1].Outcome, Is.Null);
    }

    private void DieBehindThePake(Impostor impostor, LinkMode mode)
    {
        using var wormhole = Wormhole.Create(Options("alice") with { Mode = mode, Journal = drawer.Store });
        wormhole.SetCode(Code).Subscribe();
        Advance(1);
        impostor.Open();
        impostor.Add(Phase.Pake, Pake());
        Advance(2);
        Assert.That(drawer.LatestRecord.PeerSide, Is.EqualTo(Side));
        Assert.That(drawer.LatestRecord.Version!.IsEchoed, Is.True);
    }

    // That of the impostor, which adds the same again when it pairs.
    private static byte[] Pake() => PakeBody.Write(
        Spake2.Start(Utf8Text.Normalized(Code), Spake2.CreateScalar(SeededEntropy.Create(99).Draw(Spake2.EntropyLength))).Message.Span);

    private static byte[] Element(byte[] body)
    {
        Assert.That(PakeBody.TryRead(body, out var element), Is.True);
        return element!.ToArray();
    }

    private void SmuggleBefore(string side, ReadOnlyMemory<byte> pake)
    {
        var other = Spake2.Start("other"u8, Spake2.CreateScalar(SeededEntropy.Create(6).Draw(Spake2.EntropyLength)));
        Rendezvous.Client("alice").Faults = LinkFaults.None with
        {
            Rewrite = frame => !frame.IsFromClient && frame.Text.Contains(Convert.ToHexStringLower(pake.Span), StringComparison.Ordinal)
                ? [frame.With(frame.Text
                    .Replace($"\"{side}\"", "\"dead\"", StringComparison.Ordinal)
                    .Replace(Convert.ToHexStringLower(pake.Span), Convert.ToHexStringLower(PakeBody.Write(other.Message.Span)), StringComparison.Ordinal)), frame]
                : [frame],
        };
    }

    private Wormhole Restore(LinkMode mode) => Wormhole.Restore(
        drawer.Latest, Options("alice") with { Mode = mode, Journal = drawer.Store, Entropy = SeededEntropy.Create(7) });

    private IEnumerable<string> Bodies(string phase) => Rendezvous.Transcript.From("alice")
        .Select(frame => MessageCodec.ReadCommand(frame.Bytes.Span).Message)
        .OfType<ClientMessage.Add>()
        .Where(add => add.Phase == phase)
        .Select(add => add.Body);
}
