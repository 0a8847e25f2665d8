using RxWormhole.Protocol;

namespace RxWormhole.Contracts;

/// <summary>What every transit connector promises, whatever its connections are made of: see <see cref="ITransitConnector"/> and <see cref="ITransitConnection"/>.</summary>
public abstract partial class TransitConnectorContract
{
    private const int Much = 8 << 20;

    private readonly List<IDisposable> used = [];

    /// <summary>Who listens.</summary>
    private protected abstract ITransitConnector Alice { get; }

    /// <summary>Who dials.</summary>
    private protected abstract ITransitConnector Bob { get; }

    /// <summary>Where nobody listens, and that is said at once.</summary>
    private protected abstract DirectHint Nowhere { get; }

    /// <summary>Waits until something holds, in whatever time the connections take.</summary>
    private protected abstract void Until(Func<bool> holds, string what);

    [TearDown]
    public void Leave()
    {
        used.Reverse();
        used.ForEach(each => each.Dispose());
        used.Clear();
    }

    [Test]
    public void Bytes_GoBothWays()
    {
        var (alice, bob) = Connected();
        alice.Write("from alice"u8);
        bob.Write("from bob"u8);
        Until(() => alice.Read == "from bob" && bob.Read == "from alice", "what was written");
        Assert.That(new[] { alice.RemoteAddress, bob.RemoteAddress }, Has.None.Empty);
    }

    [Test]
    public void NobodySubscribes_NothingHappens()
    {
        var listener = Listen(Alice);
        _ = Bob.Dial(listener.Hints[0]);
        _ = Alice.Listen(TransitPorts.Only(listener.Port));
        Dial(Bob, listener.Hints[0]);
        Until(() => listener.Accepted.Count == 1, "the connection that somebody wanted");
    }

    [Test]
    public void EverySubscription_IsAConnectionOfItsOwn()
    {
        var listener = Listen(Alice);
        var dial = Bob.Dial(listener.Hints[0]);
        var bobs = new[] { Use(new Dialling(dial)), Use(new Dialling(dial)) };
        Until(() => listener.Accepted.Count == 2 && bobs.All(each => each.End is not null), "two connections");
        bobs[0].End!.Write("0"u8);
        bobs[1].End!.Write("1"u8);
        Until(() => listener.Accepted.Select(each => each.Read).Order().SequenceEqual(["0", "1"]), "one byte each");
    }

    [Test]
    public void ConnectionsThatNobodyTakesYet_WaitWithWhatTheyBring()
    {
        var listener = Listen(Alice, take: false);
        var early = new[] { Dial(Bob, listener.Hints[0]), Dial(Bob, listener.Hints[0]) };
        early[0].Write("0"u8);
        early[1].Write("1"u8);
        listener.Take();
        Until(() => listener.Accepted.Select(each => each.Read).Order().SequenceEqual(["0", "1"]), "both");
    }

    [Test]
    public void MuchBothWaysAtOnce_ArrivesWholeAndInOrder()
    {
        var (alice, bob) = Connected();
        var (first, second) = (Bytes(Much, 1), Bytes(Much, 2));
        alice.Write(first);
        bob.Write(second);
        Until(() => alice.Length == Much && bob.Length == Much, "everything");
        Assert.That(alice.Content.AsSpan().SequenceEqual(second), Is.True);
        Assert.That(bob.Content.AsSpan().SequenceEqual(first), Is.True);
    }

    [Test]
    public void NobodyReads_TheWriterWaits()
    {
        var (alice, bob) = Connected(readAtOnce: false);
        bob.Write(Bytes(4 * Much, 1));
        bob.Write("and the end"u8);
        Until(() => !bob.HasWritten, "the writer to wait");
        alice.ReadAll();
        Until(() => bob.HasWritten && alice.Length == (4 * Much) + 11, "all of it");
    }

    [Test]
    public void OtherEndCloses_WhatItWroteIsReadAndThenTheEnd()
    {
        var (alice, bob) = Connected(readAtOnce: false);
        bob.Write(Bytes(100_000, 1));
        Until(() => bob.HasWritten, "the writer");
        bob.Dispose();
        alice.ReadAll();
        Until(() => alice.HasEnded, "the end");
        Assert.That(alice.Content.AsSpan().SequenceEqual(Bytes(100_000, 1)), Is.True);
        Assert.That(alice.Failure, Is.Null);
    }

    [Test]
    public void ClosedWithBytesUnread_WhatWasWrittenStillArrives()
    {
        var (alice, bob) = Connected(readAtOnce: false);
        alice.Write("never read"u8);
        Until(() => alice.HasWritten, "alice");
        bob.Write(Bytes(100_000, 1));
        Until(() => bob.HasWritten, "bob");
        bob.Dispose();
        alice.ReadAll();
        Until(() => alice.HasEnded, "the end");
        Assert.That(alice.Content.AsSpan().SequenceEqual(Bytes(100_000, 1)), Is.True);
    }

    [Test]
    public void Disposed_WhatIsPendingFails()
    {
        var (alice, bob) = Connected(readAtOnce: false);
        bob.ReadAll();
        bob.Write(Bytes(4 * Much, 1));
        Until(() => !bob.HasWritten && bob.IsReading, "both to wait");
        bob.Dispose();
        Until(() => bob.HasEnded && bob.HasWritten, "both to end");
        Assert.That(bob.Failure, Is.InstanceOf<IOException>());
        Assert.That(bob.WriteFailure, Is.InstanceOf<IOException>());
        alice.ReadAll();
        Until(() => alice.HasEnded, "the other end to notice");
    }

    [Test]
    public void UsedAfterwards_Fails()
    {
        var (_, bob) = Connected(readAtOnce: false);
        bob.Dispose();
        bob.Dispose();
        bob.ReadAll();
        bob.Write("too late"u8);
        Until(() => bob.HasEnded && bob.HasWritten, "both to end");
        Assert.That(bob.Failure, Is.InstanceOf<IOException>());
        Assert.That(bob.WriteFailure, Is.InstanceOf<IOException>());
    }

    [Test]
    public void WritingToWhoLeft_Fails()
    {
        var (alice, bob) = Connected();
        alice.Dispose();
        Until(() => bob.HasEnded, "bob to notice");
        Until(() =>
        {
            bob.Write("anybody there?"u8);
            return bob.WriteFailure is not null;
        }, "the failure");
        Assert.That(bob.WriteFailure, Is.InstanceOf<IOException>());
    }

    [Test]
    public void NobodyListens_DiallingFails()
    {
        var dialling = Use(new Dialling(Bob.Dial(Nowhere)));
        Until(() => dialling.HasEnded, "the failure");
        Assert.That(dialling.Failure, Is.InstanceOf<IOException>());
    }

    [Test]
    public void WayOfAnotherKind_CannotBeDialled()
    {
        var dialling = Use(new Dialling(Bob.Dial(new TorHint("abcdefghijklmnop.onion", 80))));
        Until(() => dialling.HasEnded, "the failure");
        Assert.That(dialling.Failure, Is.InstanceOf<IOException>());
    }

    [Test]
    public void DiallingIsGivenUp_NothingIsLeft()
    {
        var listener = Listen(Alice);
        var givenUp = new Dialling(Bob.Dial(listener.Hints[0]));
        givenUp.Dispose();
        Dial(Bob, listener.Hints[0]).Write("here"u8);
        Until(() => listener.Accepted.Any(each => each.Read == "here"), "the other connection");
        Until(() => listener.Accepted.Count(each => !each.HasEnded) == 1, "the end of the one that was given up, if it was made");
        Assert.That(givenUp.End, Is.Null);
    }

    private protected (TransitEnd Alice, TransitEnd Bob) Connected(bool readAtOnce = true)
    {
        var listener = Listen(Alice, readAtOnce: readAtOnce);
        var bob = Dial(Bob, listener.Hints[0], readAtOnce);
        Until(() => listener.Accepted.Count == 1, "the connection");
        return (listener.Accepted[0], bob);
    }

    private protected TransitEnd Dial(ITransitConnector connector, TransitHint way, bool readAtOnce = true)
    {
        var dialling = Use(new Dialling(connector.Dial(way), readAtOnce));
        Until(() => dialling.HasEnded, "the connection");
        Assert.That(dialling.Failure, Is.Null);
        return dialling.End!;
    }

    private protected Listening Listen(ITransitConnector connector, TransitPorts ports = default, bool take = true, bool readAtOnce = true)
    {
        var listening = Use(new Listening(connector, ports, readAtOnce));
        Until(() => listening.IsOpen || listening.Failure is not null, "the listener");
        Assert.That(listening.Failure, Is.Null);
        if (take)
            listening.Take();
        return listening;
    }

    private protected static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
            bytes[i] = (byte)((i * seed) + (i >> 8));
        return bytes;
    }

    private T Use<T>(T what)
        where T : IDisposable
    {
        used.Add(what);
        return what;
    }
}
