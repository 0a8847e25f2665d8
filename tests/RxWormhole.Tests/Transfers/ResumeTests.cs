using RxWormhole.Testing;

namespace RxWormhole.Tests.Transfers;

public sealed class ResumeTests : TransferFixture
{
    private const int Length = 3_000_000;

    private string PartPath => Path.Combine(To, Received.Single(name => name.EndsWith(".rxwormhole-part", StringComparison.Ordinal)));

    [TestCase(200)]
    [TestCase(300)]
    [TestCase(100_000)]
    [TestCase(1_500_000)]
    [TestCase(2_999_999)]
    public void ConnectionIsLost_TheTransferGoesOnInTheSameSession(int after)
    {
        Network.Host("bob").Faults = new NetworkFaults { CutAfter = after };
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Make(Content, Length)));
        var received = Accept(bob);
        Advance(5);
        Network.Host("bob").Faults = NetworkFaults.None;
        Advance(300);
        AssertDone(sent, Length, isOrdered: false);
        AssertDone(received, Length);
        AssertArrived();
    }

    [Test]
    public void ConnectionIsCutAgainAndAgain_NothingIsSentTwice()
    {
        Network.Host("bob").Faults = new NetworkFaults { CutAfter = 500_000 };
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Make(Content, Length)));
        var received = Accept(bob);
        Advance(300);
        AssertDone(sent, Length, isOrdered: false);
        AssertDone(received, Length);
        AssertArrived();
    }

    [Test]
    public void NetworkIsGoneForMinutes_TheTransferGoesOnWhenItIsBack()
    {
        Network.Host("alice").Faults = new NetworkFaults { BytesPerSecond = 300_000 };
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Make(Content, Length)));
        var received = Accept(bob);
        Advance(5);
        Network.Host("bob").Unplug();
        Advance(200);
        Assert.That((sent.IsOver, received.IsOver), Is.EqualTo((false, false)));
        Network.Host("bob").PlugIn();
        Network.Host("alice").Faults = NetworkFaults.None;
        Advance(300);
        AssertDone(sent, Length, isOrdered: false);
        AssertDone(received, Length);
        AssertArrived();
    }

    [Test]
    public void NetworkNeverComesBack_BothFailInTime()
    {
        Network.Host("alice").Faults = new NetworkFaults { BytesPerSecond = 300_000 };
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Make(Content, Length)));
        var received = Accept(bob);
        Advance(5);
        Network.Host("bob").Unplug();
        Advance(3600);
        Assert.That((sent.IsOver, received.IsOver), Is.EqualTo((true, true)));
        Assert.That(Received.Single(), Does.EndWith(".rxwormhole-part"));
    }

    [Test]
    public void OneSideOnlyHearsNothing_TheOtherTellsIt()
    {
        // A half-open connection: nobody is told. The silence is noticed, and the transfer goes on.
        Network.Host("bob").Faults = new NetworkFaults { SilentAfter = 1_000_000 };
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Make(Content, Length)));
        var received = Accept(bob);
        Advance(30);
        Network.Host("bob").Faults = NetworkFaults.None;
        Advance(300);
        AssertDone(sent, Length, isOrdered: false);
        AssertDone(received, Length);
        AssertArrived();
    }

    [Test]
    public void OtherSideKnowsVersionOneOnly_BothFailAndNothingIsLeft([Values] bool isSenderOurs)
    {
        Network.Host("bob").Faults = new NetworkFaults { CutAfter = 1_000_000 };
        var (alice, bob) = Meet(isSenderOurs, !isSenderOurs);
        var sent = Record(alice.SendFile(Make(Content, Length)));
        var received = Accept(bob);
        Advance(60);
        Assert.That(Failure<WormholeException>(sent), Is.InstanceOf<TransitException>().Or.InstanceOf<TransferException>());
        Assert.That(Failure<WormholeException>(received), Is.InstanceOf<TransitException>().Or.InstanceOf<TransferException>());
        Assert.That(Received, Is.Empty);
    }

    [Test]
    public void NextCode_TheTransferGoesOn()
    {
        var part = Interrupt();
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Path.Combine(From, Content)));
        var received = Accept(bob);
        Advance(30);
        AssertDone(sent, Length);
        AssertDone(received, Length);
        Assert.That(sent.Values.First(each => each.Stage == TransferStage.Moving).Bytes, Is.EqualTo(part).And.GreaterThan(100_000));
        AssertArrived();
    }

    [Test]
    public void NextCodeWithAnotherFileOfThatName_ItBeginsAtTheBeginning()
    {
        Interrupt();
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Make(Content, Length, seed: 2)));
        var received = Accept(bob);
        Advance(30);
        AssertDone(sent, Length);
        Assert.That(sent.Values.First(each => each.Stage == TransferStage.Moving).Bytes, Is.Zero);
        Assert.That(received.Error, Is.Null);
        AssertArrived(seed: 2);
    }

    [Test]
    public void NextCodeWithAShorterFile_ItBeginsAtTheBeginning()
    {
        var part = Interrupt();
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Make(Content, (int)part - 1)));
        Accept(bob);
        Advance(30);
        AssertDone(sent, part - 1);
        Assert.That(new FileInfo(Path.Combine(To, Content)).Length, Is.EqualTo(part - 1));
    }

    [Test]
    public void NoResumingWanted_NothingIsKept()
    {
        Interrupt(Into with { Resume = false });
        Assert.That(Received, Is.Empty);
    }

    // Leaves a part of a transfer that was broken off; says how long it is.
    private long Interrupt(ReceiveOptions? options = null)
    {
        Network.Host("alice").Faults = new NetworkFaults { BytesPerSecond = 300_000 };
        var (alice, bob) = Meet();
        Record(alice.SendFile(Make(Content, Length)), out var sending);
        Accept(bob, options);
        Advance(5);
        sending.Dispose();
        Advance(10);
        alice.Close();
        bob.Close();
        Advance(10);
        Network.Host("alice").Faults = NetworkFaults.None;
        return options is null ? new FileInfo(PartPath).Length : 0;
    }

    private void AssertArrived(int seed = 1)
    {
        Assert.That(Received, Is.EqualTo(new[] { Content }));
        Assert.That(File.ReadAllBytes(Path.Combine(To, Content)).AsSpan().SequenceEqual(Bytes(Length, seed)), Is.True);
        Assert.That(Network.LeftBehind, Is.Empty);
    }
}
