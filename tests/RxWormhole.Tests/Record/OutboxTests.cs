using RxWormhole.Protocol;
using static RxWormhole.Tests.Record.SessionRecords;

namespace RxWormhole.Tests.Record;

/// <summary>Our messages in the record: numbered when accepted, sealed once, never changed again.</summary>
public sealed class OutboxTests
{
    [Test]
    public void Accepted_IsNumberedInOrderAndWaitsForTheKey()
    {
        var record = New.Accept(Body("0")).Accept(Body("1"));
        Assert.That(record.Messages.Select(message => message.Phase), Is.EqualTo(new[] { "0", "1" }));
        Assert.That(record.Messages.Any(message => message.IsSealed || message.IsOffered || message.IsEchoed), Is.False);
        Assert.That(record.Messages[1].Bytes.ToArray(), Is.EqualTo(Body("1")));
    }

    [Test]
    public void Sealed_IsWhatWaitedInOrderAndNothingTwice()
    {
        var sealing = new List<string>();
        ReadOnlyMemory<byte> Seal(OwnPhase own)
        {
            sealing.Add(own.Phase);
            return Body($"sealed {own.Phase}");
        }

        var first = New.Accept(Body("0")).Accept(Body("1")).Seal(Seal);
        Assert.That(sealing, Is.EqualTo(new[] { "0", "1" }));
        Assert.That(first.Messages.All(message => message.IsSealed), Is.True);
        Assert.That(first.Messages[0].Bytes.ToArray(), Is.EqualTo(Body("sealed 0")));

        var second = first.Accept(Body("2")).Seal(Seal);
        Assert.That(sealing, Is.EqualTo(new[] { "0", "1", "2" }), "a number is never used for two contents");
        Assert.That(second.Messages[0], Is.SameAs(first.Messages[0]));
        Assert.That(second.Seal(Seal), Is.SameAs(second));
        Assert.That(sealing, Has.Count.EqualTo(3));
    }

    [Test]
    public void NothingAccepted_NothingIsSealed() => Assert.That(New.Seal(_ => throw new AssertionException("nothing to seal")), Is.SameAs(New));

    [Test]
    public void Own_IsInTheOrderInWhichItGoesOut()
    {
        var record = Paired with { Messages = [Sealed("0"), Waiting("1")] };
        Assert.That(record.Own.Select(own => own.Phase), Is.EqualTo(new[] { Phase.Pake, Phase.Version, "0", "1" }));
        Assert.That(WithCode.Own.Select(own => own.Phase), Is.EqualTo(new[] { Phase.Pake }));
        Assert.That(New.Accept(Body("0")).Own.Select(own => own.Phase), Is.EqualTo(new[] { "0" }));
    }

    [TestCase(Phase.Pake, Phase.Pake)]
    [TestCase(Phase.Version, Phase.Version)]
    [TestCase("0", "0")]
    [TestCase("1", "1")]
    [TestCase("2", null)]
    [TestCase("01", null)]
    [TestCase("-1", null)]
    [TestCase("99999999999", null)]
    [TestCase("dilate-0", null)]
    [TestCase("", null)]
    public void Find_KnowsWhatIsThere(string phase, string? found) =>
        Assert.That((Paired with { Messages = [Sealed("0"), Waiting("1")] }).Find(phase)?.Phase, Is.EqualTo(found));

    [TestCase(Phase.Pake)]
    [TestCase(Phase.Version)]
    [TestCase("0")]
    [TestCase("1")]
    public void With_ReplacesThatOneOnly(string phase)
    {
        var record = WithPeer with { Pake = Sealed(Phase.Pake), Messages = [Sealed("0"), Sealed("1")] };
        var changed = record.With(record.Find(phase)! with { IsOffered = true });
        Assert.That(changed.Own.Where(own => own.IsOffered).Select(own => own.Phase), Is.EqualTo(new[] { phase }));
        Assert.That(changed.Own.Select(own => own.Phase), Is.EqualTo(record.Own.Select(own => own.Phase)));
        Assert.That(changed.With(changed.Find(phase)!), Is.SameAs(changed), "no change, no checkpoint");
    }
}
