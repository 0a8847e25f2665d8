using RxWormhole.Testing;

namespace RxWormhole.Tests.Transfers;

public sealed class CancelTests : TransferFixture
{
    private const int Length = 2_000_000;

    [SetUp]
    public void SlowDown() => Network.Host("alice").Faults = new NetworkFaults { BytesPerSecond = 200_000 };

    [Test]
    public void SenderLeaves_TheOtherSideHearsAndTheWormholeLivesOn([Values] bool isBobOurs)
    {
        var (alice, bob) = Meet(isBobOurs: isBobOurs);
        Record(alice.SendFile(Make(Content, Length)), out var sending);
        var received = Accept(bob);
        Advance(5);
        Assert.That(received.Values[^1].Stage, Is.EqualTo(TransferStage.Moving));
        sending.Dispose();
        Advance(10);
        Assert.That(Failure<TransferException>(received).Message, Does.Contain("cancelled"));
        AssertNothingButAPart(isBobOurs);
        AssertLivesOn(alice, bob);
    }

    [Test]
    public void ReceiverLeaves_TheOtherSideHearsAndTheWormholeLivesOn([Values] bool isBobOurs)
    {
        var (alice, bob) = Meet(isBobOurs: isBobOurs);
        var sent = Record(alice.SendFile(Make(Content, Length)));
        IDisposable? receiving = null;
        Accept(bob, subscribed: subscription => receiving = subscription);
        Advance(5);
        receiving!.Dispose();
        Advance(10);
        Assert.That(Failure<TransferException>(sent).Message, Does.Contain("cancelled"));
        AssertNothingButAPart(isBobOurs);
        AssertLivesOn(alice, bob);
    }

    [Test]
    public void OneOfTwoSubscribersLeaves_TheTransferGoesOn()
    {
        var (alice, bob) = Meet();
        var transfer = alice.SendFile(Make(Content, 500_000));
        Record(transfer, out var first);
        var second = Record(transfer);
        Accept(bob);
        Advance(2);
        first.Dispose();
        Advance(20);
        AssertDone(second, 500_000);
        var late = Record(transfer);
        Advance(1);
        Assert.That(late.Values.Single().Stage, Is.EqualTo(TransferStage.Done));
    }

    [Test]
    public void ClosedInTheMiddle_BothHear()
    {
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Make(Content, Length)));
        var received = Accept(bob);
        Advance(5);
        alice.Close();
        Advance(10);
        Assert.That(sent.Error, Is.InstanceOf<WormholeClosedException>());
        Assert.That(Failure<TransferException>(received).Fault, Is.EqualTo(TransferFault.Rejected));
        AssertNothingButAPart(isKept: true);
        bob.Close();
        Advance(10);
        Assert.That(Network.LeftBehind, Is.Empty);
        Assert.That(Rendezvous.LeftBehind, Is.Empty);
    }

    [Test]
    public void SenderLeavesBeforeTheAnswer_TheOfferIsWithdrawn()
    {
        var (alice, bob) = Meet();
        Record(alice.SendFile(Make(Content, Length)), out var sending);
        var offers = Record(bob.ReceiveOffer(Into));
        Advance(2);
        sending.Dispose();
        Advance(2);
        var received = Record(((IncomingContent)offers.Values.Single()).Accept());
        Advance(5);
        Assert.That(Failure<TransferException>(received).Fault, Is.EqualTo(TransferFault.Rejected));
        AssertNothingButAPart(isKept: false);
    }

    private void AssertNothingButAPart(bool isKept)
    {
        if (isKept)
            Assert.That(Received.Single(), Does.Match(@"^content\.bin\.[0-9a-f]{8}\.rxwormhole-part$"));
        else
            Assert.That(Received, Is.Empty);
        Assert.That(Network.LeftBehind, Is.Empty);
    }

    private void AssertLivesOn(Wormhole alice, Wormhole bob)
    {
        // What was said about the transfer comes before.
        alice.Send("still here");
        var heard = Record(bob.Messages);
        Advance(2);
        Assert.That(heard.Values[^1].Text, Is.EqualTo("still here"));
    }
}
