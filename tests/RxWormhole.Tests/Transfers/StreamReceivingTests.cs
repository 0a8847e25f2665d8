using RxWormhole.Testing;
using RxWormhole.Tests.Transit;

namespace RxWormhole.Tests.Transfers;

/// <summary>Receiving what has no length, and receiving into a stream.</summary>
public sealed class StreamReceivingTests : StreamFixture
{
    [Test]
    public void IntoAStream_NothingElseIsWritten([Values] bool isLengthKnown, [Values(0, 1, 900_000)] int length, [Values] bool isFromOurs)
    {
        var (alice, bob) = Meet(isAliceOurs: isFromOurs);
        var sent = Record(alice.SendFile(Outgoing.OfStream(Source(length), Content, isLengthKnown ? length : null, Out)));
        var target = new MemoryStream();
        var received = AcceptInto(bob, target);
        Advance(30);
        AssertDone(sent, length);
        AssertDone(received, length);
        Assert.That(received.Values.Select(each => each.Path), Is.All.Null);
        Assert.That(target.ToArray().AsSpan().SequenceEqual(Bytes(length)), Is.True);
        Assert.That(target.CanWrite, Is.True, "it stays the caller's");
        AssertNothingLeft();
    }

    [Test]
    public void FileIntoAStream_WhatIsLeftOfAnotherTimeIsNotTouched()
    {
        Network.Host("bob").Faults = new NetworkFaults { CutAfter = 700_000 };
        var (alice, bob) = Meet();
        Record(alice.SendFile(Outgoing.OfStream(Source(1_000_000), Content, 1_000_000, Out)));
        Accept(bob, In);
        Advance(60);
        var left = Sink.Paths.Single(path => path.EndsWith(".rxwormhole-part", StringComparison.Ordinal));
        Network.Host("bob").Faults = NetworkFaults.None;
        (alice, bob) = Meet();
        Record(alice.SendFile(Make(Content, 1_000_000)));
        var target = new MemoryStream();
        var received = AcceptInto(bob, target);
        Advance(60);
        AssertDone(received, 1_000_000);
        Assert.That(target.ToArray().AsSpan().SequenceEqual(Bytes(1_000_000)), Is.True);
        Assert.That(Sink.Paths, Is.EqualTo(new[] { "/in/", left }));
    }

    [Test]
    public void StreamFails_BothHear([Values(0, 300_000)] int after, [Values] bool isLengthKnown)
    {
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Outgoing.OfStream(Source(900_000), Content, isLengthKnown ? 900_000 : null, Out)));
        var came = 0;
        var received = AcceptInto(bob, new StrangeStream
        {
            Writing = (bytes, _) => (came += bytes.Length) > after ? throw new InvalidOperationException("nobody reads it") : default,
        });
        Advance(30);
        var failure = Failure<TransferException>(received);
        Assert.That(failure.Fault, Is.EqualTo(TransferFault.CannotWrite));
        Assert.That(failure.Message, Does.Contain("nobody reads it"));
        Assert.That(Failure<TransferException>(sent).Message, Does.Contain("cannot be written"));
        AssertNothingLeft();
    }

    [Test]
    public void StreamCannotBeFlushed_IsNotConfirmed()
    {
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Outgoing.OfStream(Source(1000), Content, options: Out)));
        var received = AcceptInto(bob, new Unflushable());
        Advance(30);
        Assert.That(Failure<TransferException>(received).Fault, Is.EqualTo(TransferFault.CannotWrite));
        Assert.That(Failure<TransferException>(sent).Message, Does.Contain("cannot be written"));
    }

    [Test]
    public void StreamStandsStill_IsWaitedForAndCanBeCancelled()
    {
        var (alice, bob) = Meet(ForFiles("alice") with { Transit = ForFiles("alice").Transit with { Silence = TimeSpan.FromHours(1) } }, ForFiles("bob"));
        var sent = Record(alice.SendFile(Outgoing.OfStream(Source(3_000_000), Content, options: Out)));
        AcceptInto(bob, new StrangeStream { Writing = (_, _) => new(Later(null)) }, out var receiving);
        Advance(600);
        Assert.That(sent.IsOver, Is.False);
        receiving.Dispose();
        var closed = Record(bob.Close());
        Advance(1.5);
        Assert.That(closed.IsCompleted, Is.True);
        Assert.That(Failure<TransferException>(sent).Fault, Is.EqualTo(TransferFault.Rejected));
        AssertNothingLeft();
    }

    [Test]
    public void ConnectionIsLost_IsTheEndOfItAndBothHear([Values] bool isLengthKnown)
    {
        Network.Host("bob").Faults = new NetworkFaults { CutAfter = 500_000 };
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(isLengthKnown ? Outgoing.Of(Make(Content, 900_000)) : Outgoing.OfStream(Source(900_000), Content, options: Out)));
        var received = AcceptInto(bob, new MemoryStream());
        Advance(30);
        Assert.That(Failure<WormholeException>(sent), Is.Not.Null);
        Assert.That(Failure<WormholeException>(received), Is.Not.Null);
        AssertNothingLeft();
    }

    [Test]
    public void MoreThanIsTaken_IsRefused([Values] bool isLengthKnown, [Values] bool isIntoAStream)
    {
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Outgoing.OfStream(Source(900_001), Content, isLengthKnown ? 900_001 : null, Out)));
        var target = new MemoryStream();
        var few = In with { MaxBytes = 900_000 };
        var received = isIntoAStream ? AcceptInto(bob, target, few) : Accept(bob, few);
        Advance(30);
        Assert.That(Failure<TransferException>(received).Fault, Is.EqualTo(TransferFault.NoSpace));
        Assert.That(Failure<TransferException>(sent).Message, Does.Contain("not enough space"));
        Assert.That(target.Length, Is.LessThanOrEqualTo(900_000));
        AssertNothingLeft();
    }

    [Test]
    public void ExactlyAsMuchAsIsTaken_IsTaken([Values] bool isIntoAStream)
    {
        var (alice, bob) = Meet();
        Record(alice.SendFile(Outgoing.OfStream(Source(900_000), Content, options: Out)));
        var few = In with { MaxBytes = 900_000 };
        var received = isIntoAStream ? AcceptInto(bob, new MemoryStream(), few) : Accept(bob, few);
        Advance(30);
        AssertDone(received, 900_000);
    }

    [TestCase(0)]
    [TestCase(500_000)]
    public void UnknownLengthFillsTheDisk_BothHearAndTheSpaceIsGivenBack(int quota)
    {
        Sink.Quota = quota;
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Outgoing.OfStream(Source(900_000), Content, options: Out)));
        var received = Accept(bob, In);
        Advance(30);
        Assert.That(Failure<TransferException>(received).Fault, Is.EqualTo(TransferFault.NoSpace));
        Assert.That(Failure<TransferException>(sent).Message, Does.Contain("not enough space"));
        Assert.That(Sink.Used, Is.Zero);
        AssertNothingLeft();
    }

    [Test]
    public void UnknownLengthAndTheDiskFails_BothHearAndNothingIsLeft()
    {
        Sink.FailsAfter = 300_000;
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Outgoing.OfStream(Source(900_000), Content, options: Out)));
        var received = Accept(bob, In);
        Advance(30);
        Assert.That(Failure<TransferException>(received).Fault, Is.EqualTo(TransferFault.CannotWrite));
        Assert.That(Failure<TransferException>(sent).Message, Does.Contain("cannot be written"));
        AssertNothingLeft();
    }

    [Test]
    public void UnknownLength_HasTheNameAndThePolicyOfAnyFile()
    {
        Sink.AddFile("/in/" + Content, "mine"u8);
        var (alice, bob) = Meet();
        Record(alice.SendFile(Outgoing.OfStream(Source(1000), Content, options: Out)));
        var received = Accept(bob, In with { Existing = ExistingPolicy.Rename });
        Advance(30);
        Assert.That(received.Values[^1].Path, Is.EqualTo("/in/content (1).bin"));
        Assert.That(Sink.Unflushed, Is.Empty);
    }

    [Test]
    public void AnsweredTwice_IsAUsageError()
    {
        var (alice, bob) = Meet();
        Record(alice.SendFile(Outgoing.OfStream(Source(1000), Content, options: Out)));
        var offers = Record(bob.ReceiveOffer(In));
        Advance(5);
        var offer = (IncomingFile)offers.Values.Single();
        var first = Record(offer.AcceptInto(new MemoryStream()));
        var second = Record(offer.Accept());
        Advance(10);
        AssertDone(first, 1000);
        Assert.That(second.Error, Is.InstanceOf<WormholeUsageException>());
        Assert.That(() => offer.AcceptInto(null!), Throws.ArgumentNullException);
        Assert.That(() => offer.AcceptInto(new MemoryStream([], writable: false)), Throws.ArgumentException);
    }

    private Recorder<TransferProgress> AcceptInto(Wormhole bob, Stream target, ReceiveOptions? options = null) => AcceptInto(bob, target, out _, options);

    private Recorder<TransferProgress> AcceptInto(Wormhole bob, Stream target, out IDisposable receiving, ReceiveOptions? options = null)
    {
        var progress = new Recorder<TransferProgress>(() => Now);
        var subscription = new System.Reactive.Disposables.SingleAssignmentDisposable();
        receiving = subscription;
        bob.ReceiveOffer(options ?? In).Subscribe(offer => subscription.Disposable = ((IncomingFile)offer).AcceptInto(target).Subscribe(progress), progress.OnError);
        return progress;
    }

    private sealed class Unflushable : MemoryStream
    {
        public override Task FlushAsync(CancellationToken cancellationToken) => Task.FromException(new IOException("nobody reads it"));
    }
}
