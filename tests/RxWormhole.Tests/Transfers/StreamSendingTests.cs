using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Transfers;

/// <summary>Sending what can be read once, with a length and without.</summary>
public sealed class StreamSendingTests : StreamFixture
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(300_000)]
    [TestCase(3_000_000)]
    public void UnknownLengthToOneOfOurs_ArrivesAsItComes(int length)
    {
        Network.Host("alice").Faults = new NetworkFaults { BytesPerSecond = 500_000 };
        var (alice, bob) = Meet();
        var outgoing = Outgoing.OfStream(Source(length), Content, options: Out);
        Assert.That((outgoing.Name, outgoing.Length, outgoing.Bytes, outgoing.Files, outgoing.IsFolder), Is.EqualTo((Content, (long?)null, (long?)null, 1, false)));
        var sent = Record(alice.SendFile(outgoing));
        var received = Accept(bob, In);
        Advance(60);
        AssertDone(sent, length);
        AssertDone(received, length);
        Assert.That(received.Values[^1].Path, Is.EqualTo("/in/" + Content));
        foreach (var moving in sent.Values.Concat(received.Values).Where(each => each.Stage < TransferStage.Finishing))
            Assert.That((moving.Total, moving.Remaining), Is.EqualTo(((long?)null, (TimeSpan?)null)));
        if (length > 1_000_000)
            Assert.That(received.Values.Where(each => each.Stage == TransferStage.Moving).Select(each => each.BytesPerSecond), Has.Some.GreaterThan(100_000));
        AssertArrived(length);
    }

    [Test]
    public void Offer_SaysThatTheLengthIsNotKnown()
    {
        var (alice, bob) = Meet();
        Record(alice.SendFile(Outgoing.OfStream(Source(10), "dump.sql")));
        var offers = Record(bob.ReceiveOffer(In));
        Advance(5);
        var offer = (IncomingFile)offers.Values.Single();
        Assert.That((offer.Name, offer.Length), Is.EqualTo(("dump.sql", (long?)null)));
    }

    [Test]
    public void Source_IsNotReadBeforeItIsNeeded([Values] bool isToOurs)
    {
        var alice = Create(ForFiles("alice"));
        var code = Record(alice.AllocateCode());
        Record(alice.SendFile(Outgoing.OfStream(Source(1000), Content, options: Out)));
        Advance(60);
        Assert.That(Asked, Is.Zero, "nobody is there");
        var bob = Create(isToOurs ? ForFiles("bob") : ForFilesOfOthers("bob"));
        bob.SetCode(code.Values.Single()).Subscribe();
        var offers = Record(bob.ReceiveOffer(In));
        Advance(5);
        Assert.That(offers.Values, Has.Count.EqualTo(1));
        Assert.That(Asked > 0, Is.EqualTo(!isToOurs), "one of ours has not accepted it yet; everybody else has to be told a length");
        Assert.That(((IncomingContent)offers.Values.Single()).Length, Is.EqualTo(isToOurs ? null : 1000));
    }

    [Test]
    public void OtherSideKnowsNoStreams_ItIsToldTheLength([Values] bool isOfEarlierVersion, [Values(0, 600_000)] int length)
    {
        var (alice, bob) = Meet(ForFiles("alice"), isOfEarlierVersion ? OfEarlierVersion("bob") : ForFilesOfOthers("bob"));
        var sent = Record(alice.SendFile(Outgoing.OfStream(Source(length), Content, options: Out)));
        var received = Accept(bob, In);
        Advance(30);
        AssertDone(sent, length);
        AssertDone(received, length);
        Assert.That(sent.Values.Where(each => each.Stage > TransferStage.Waiting).Select(each => each.Total), Is.All.EqualTo(length));
        AssertArrived(length);
    }

    [Test]
    public void WeSayThatWeKnowNoStreams_TheOtherSideIsToldTheLength()
    {
        var (alice, bob) = Meet(OfEarlierVersion("alice"), ForFiles("bob"));
        Record(alice.SendFile(Outgoing.OfStream(Source(1000), Content, options: Out)));
        var offers = Record(bob.ReceiveOffer(In));
        Advance(10);
        Assert.That(((IncomingContent)offers.Values.Single()).Length, Is.EqualTo(1000));
    }

    [Test]
    public void ConnectionToAnEarlierVersionIsLost_WhatWasPutIntoAFileGoesOn()
    {
        Network.Host("bob").Faults = new NetworkFaults { CutAfter = 700_000 };
        var (alice, bob) = Meet(ForFiles("alice"), OfEarlierVersion("bob"));
        var sent = Record(alice.SendFile(Outgoing.OfStream(Source(2_000_000), Content, options: Out)));
        var received = Accept(bob, In);
        Advance(300);
        AssertDone(sent, 2_000_000, isOrdered: false);
        AssertDone(received, 2_000_000);
        AssertArrived(2_000_000);
    }

    [Test]
    public void KnownLength_IsAnOrdinaryFile([Values] bool isToOurs, [Values(0, 1, 900_000)] int length)
    {
        var (alice, bob) = Meet(isBobOurs: isToOurs);
        // There may be more; it is not asked for.
        var sent = Record(alice.SendFile(Outgoing.OfStream(new MemoryStream([.. Bytes(length), 1, 2, 3]), Content, length, Out)));
        var received = Accept(bob, In);
        Advance(30);
        AssertDone(sent, length);
        AssertDone(received, length);
        AssertArrived(length);
    }

    [Test]
    public void KnownLengthButItIsShorter_BothHear()
    {
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Outgoing.OfStream(Source(1000), Content, 1001, Out)));
        var received = Accept(bob, In with { Resume = false });
        Advance(30);
        Assert.That(Failure<TransferException>(sent).Message, Does.Contain("ended after 1000 of 1001 bytes"));
        Assert.That(Failure<TransferException>(received).Message, Does.Contain("cannot be read"));
        AssertNothingLeft();
    }

    [Test]
    public void ReceiverHasTheBeginningFromAnotherTime_ItComesFromTheBeginning()
    {
        Network.Host("bob").Faults = new NetworkFaults { CutAfter = 700_000 };
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var (alice, bob) = Meet();
            var sent = Record(alice.SendFile(Outgoing.OfStream(Source(1_000_000), Content, 1_000_000, Out)));
            var received = Accept(bob, In);
            Advance(60);
            if (attempt == 0)
                Assert.That(Sink.Paths, Has.Some.EndsWith(".rxwormhole-part"));
            else
                AssertDone(received, 1_000_000, isOrdered: false);
            Assert.That(sent.IsOver, Is.True);
            Network.Host("bob").Faults = NetworkFaults.None;
            alice.Close();
            bob.Close();
            Advance(10);
        }

        AssertArrived(1_000_000);
    }

    [Test]
    public void ConnectionIsLost_IsTheEndOfItAndBothHear([Values] bool isSilent, [Values] bool isLengthKnown, [Values("alice", "bob")] string where)
    {
        Network.Host(where).Faults = isSilent ? new NetworkFaults { SilentAfter = 1_000_000 } : new NetworkFaults { CutAfter = 1_000_000 };
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Outgoing.OfStream(Source(3_000_000), Content, isLengthKnown ? 3_000_000 : null, Out)));
        var received = Accept(bob, In with { Resume = isLengthKnown });
        Advance(10);
        Network.Host(where).Faults = NetworkFaults.None;
        Advance(200);
        Assert.That(Failure<WormholeException>(sent), Is.InstanceOf<TransitException>().Or.InstanceOf<TransferException>());
        if (!isSilent)
            Assert.That(Failure<TransitException>(sent).Message, Does.Contain("cannot be read again"));
        Assert.That(Failure<WormholeException>(received), Is.InstanceOf<TransitException>().Or.InstanceOf<TransferException>());
        if (!isLengthKnown)
            AssertNothingLeft();
        AssertNothingOpen();
        Assert.That(Sink.Paths, Has.None.EndsWith(Content));
    }

    [Test]
    public void SourceFails_BothHearAndNothingIsLeft([Values] bool isToOurs, [Values(0, 500_000)] int after)
    {
        var (alice, bob) = Meet(isBobOurs: isToOurs);
        var sent = Record(alice.SendFile(Outgoing.OfStream(Source(1_000_000, failsAfter: after), Content, options: Out)));
        var received = Accept(bob, In);
        Advance(30);
        var failure = Failure<TransferException>(sent);
        Assert.That(failure.Fault, Is.EqualTo(TransferFault.BadSource));
        Assert.That(failure.Message, Does.Contain("it is gone"));
        Assert.That(Failure<TransferException>(received).Message, Does.Contain("cannot be read"));
        AssertNothingLeft();
    }

    [Test]
    public void SourceLetsOneWaitForMinutes_ItArrives([Values] bool isToOurs)
    {
        var patient = TimeSpan.FromHours(1);
        var (alice, bob) = Meet(ForFiles("alice") with { Timeout = patient }, (isToOurs ? ForFiles("bob") : ForFilesOfOthers("bob")) with { Timeout = patient });
        var sent = Record(alice.SendFile(Outgoing.OfStream(Source(500_000, waitsAfter: 300_000, seconds: 1000), Content, options: Out)));
        var received = Accept(bob, In);
        Advance(900);
        Assert.That((sent.IsOver, received.IsOver), Is.EqualTo((false, false)));
        Advance(200);
        AssertDone(sent, 500_000);
        AssertDone(received, 500_000);
        AssertArrived(500_000);
    }

    [Test]
    public void CancelledWhileTheSourceLetsOneWait_BothHearAndNothingIsLeft([Values] bool isToOurs, [Values] bool bySender)
    {
        var (alice, bob) = Meet(isBobOurs: isToOurs);
        var sent = Record(alice.SendFile(Outgoing.OfStream(Source(500_000, waitsAfter: 300_000), Content, options: Out)), out var sending);
        IDisposable? receiving = null;
        var received = Accept(bob, In, subscription => receiving = subscription);
        Advance(20);
        Assert.That(isToOurs ? Sink.Used : Spool.Used, Is.EqualTo(300_000));
        if (bySender)
            sending.Dispose();
        else if (isToOurs)
            receiving!.Dispose();
        else
            bob.Send("""{"error": "no more"}""");
        Advance(1);
        AssertNothingLeft();
        Advance(5);
        Assert.That(Failure<TransferException>(bySender ? received : sent).Fault, Is.EqualTo(TransferFault.Rejected));
    }

    [Test]
    public void ClosedWhileTheSourceLetsOneWait_TheOtherSideHears([Values] bool isToOurs)
    {
        var (alice, bob) = Meet(isBobOurs: isToOurs);
        var sent = Record(alice.SendFile(Outgoing.OfStream(Source(500_000, waitsAfter: 300_000), Content, options: Out)));
        var received = Accept(bob, In);
        Advance(20);
        var closed = Record(alice.Close());
        Advance(1.5);
        Assert.That(closed.IsCompleted, Is.True);
        Assert.That(sent.Error, Is.InstanceOf<WormholeClosedException>());
        Advance(5);
        Assert.That(received.Error, Is.InstanceOf<WormholeException>());
        AssertNothingLeft();
    }

    [Test]
    public void NotAccepted_TheFileItWasPutIntoIsGone()
    {
        var (alice, bob) = Meet(isBobOurs: false);
        var sent = Record(alice.SendFile(Outgoing.OfStream(Source(500_000), Content, options: Out)));
        bob.ReceiveOffer(In).Subscribe(offer =>
        {
            Assert.That(Spool.Used, Is.EqualTo(500_000));
            ((IncomingContent)offer).Reject().Subscribe();
        });
        Advance(10);
        Assert.That(Failure<TransferException>(sent).Fault, Is.EqualTo(TransferFault.Rejected));
        AssertNothingLeft();
    }

    [Test]
    public void NoSpaceForTheFile_IsSaidAndTheOtherSideHears([Values(0, 400_000)] int quota)
    {
        Spool.Quota = quota;
        var (alice, bob) = Meet(isBobOurs: false);
        var sent = Record(alice.SendFile(Outgoing.OfStream(Source(500_000), Content, options: Out)));
        var received = Accept(bob, In);
        Advance(10);
        var failure = Failure<TransferException>(sent);
        Assert.That(failure.Fault, Is.EqualTo(TransferFault.NoSpace));
        Assert.That(failure.Message, Does.Contain("/tmp").And.Contain("length"));
        Assert.That(Failure<TransferException>(received).Message, Does.Contain("cannot be read"));
        AssertNothingLeft();
    }

    [Test]
    public void FileCannotBeMadeOrWritten_IsSaid([Values] bool isMissing)
    {
        Spool.FailsAfter = 100_000;
        var (alice, bob) = Meet(isBobOurs: false);
        var sent = Record(alice.SendFile(Outgoing.OfStream(Source(500_000), Content, options: isMissing ? Out with { SpoolFolder = "/nowhere" } : Out)));
        Accept(bob, In);
        Advance(10);
        Assert.That(Failure<TransferException>(sent).Fault, Is.EqualTo(TransferFault.CannotWrite));
        AssertNothingLeft();
    }

    [Test]
    public void SentTwice_IsAnError()
    {
        var outgoing = Outgoing.OfStream(Source(1000), Content, options: Out);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var (alice, bob) = Meet();
            var sent = Record(alice.SendFile(outgoing));
            Accept(bob, In with { Existing = ExistingPolicy.Overwrite });
            Advance(20);
            if (attempt == 0)
                AssertDone(sent, 1000);
            else
                Assert.That(Failure<TransferException>(sent).Message, Does.Contain("only once"));
        }
    }

    [Test]
    public void NotUsable_IsRefused()
    {
        Assert.That(() => Outgoing.OfStream(null!, "a"), Throws.ArgumentNullException);
        Assert.That(() => Outgoing.OfStream(Stream.Null, "a", -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        foreach (var name in new[] { "", "a/b", "..", ".", "half a \ud83d pair", $"a{OfferedName.PartSuffix}" })
            Assert.That(() => Outgoing.OfStream(Stream.Null, name), Throws.InstanceOf<ArgumentException>(), name);
        using var closed = new MemoryStream();
        closed.Dispose();
        Assert.That(() => Outgoing.OfStream(closed, "a"), Throws.ArgumentException);
    }
}
