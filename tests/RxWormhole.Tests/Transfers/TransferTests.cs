namespace RxWormhole.Tests.Transfers;

public sealed class TransferTests : TransferFixture
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(65_535)]
    [TestCase(65_536)]
    [TestCase(65_537)]
    [TestCase(3_000_000)]
    public void File_ArrivesAndIsConfirmed(int length)
    {
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Make(Content, length)));
        var received = Accept(bob);
        Advance(30);
        AssertDone(sent, length);
        AssertDone(received, length);
        Assert.That(received.Values[^1].Path, Is.EqualTo(Path.Combine(To, Content)));
        Assert.That(File.ReadAllBytes(Path.Combine(To, Content)).AsSpan().SequenceEqual(Bytes(length)), Is.True);
        Assert.That(Received, Is.EqualTo(new[] { Content }));
        AssertTidy(alice, bob);
    }

    [Test]
    public void OtherSideKnowsVersionOneOnly_FileArrives([Values] bool isSenderOurs)
    {
        var (alice, bob) = Meet(isSenderOurs, !isSenderOurs);
        var sent = Record(alice.SendFile(Make(Content, 100_000)));
        var received = Accept(bob);
        Advance(30);
        AssertDone(sent, 100_000);
        AssertDone(received, 100_000);
        AssertTidy(alice, bob);
    }

    [Test]
    public void Folder_ArrivesAsItWas([Values] bool isBobOurs)
    {
        Make("things/a.bin", 10);
        Make("things/deep/er/b.bin", 300_000);
        Make("things/deep/é", 0);
        Directory.CreateDirectory(Path.Combine(From, "things", "empty"));
        var (alice, bob) = Meet(isBobOurs: isBobOurs);
        var sent = Record(alice.SendFile(Path.Combine(From, "things")));
        var received = Accept(bob);
        Advance(30);
        Assert.That((sent.Error, received.Error), Is.EqualTo(((Exception?)null, (Exception?)null)));
        Assert.That(Received, Is.EqualTo(new[] { "things", "things/a.bin", "things/deep", "things/deep/er", "things/deep/er/b.bin", "things/deep/é", "things/empty" }));
        Assert.That(File.ReadAllBytes(Path.Combine(To, "things/deep/er/b.bin")).AsSpan().SequenceEqual(Bytes(300_000)), Is.True);
        AssertTidy(alice, bob);
    }

    [Test]
    public void SeveralFiles_ArriveAsTheyAreAtOursAndInAFolderElsewhere([Values] bool isBobOurs)
    {
        var paths = new[] { Make("a.bin", 10), Make("folder/b.bin", 20), Make("c.bin", 30) };
        paths[1] = Path.Combine(From, "folder");
        var (alice, bob) = Meet(isBobOurs: isBobOurs);
        var sent = Record(alice.SendFiles(paths));
        var received = Accept(bob);
        Advance(30);
        Assert.That((sent.Error, received.Error), Is.EqualTo(((Exception?)null, (Exception?)null)));
        var names = new[] { "a.bin", "c.bin", "folder", "folder/b.bin" };
        Assert.That(isBobOurs ? Received : [.. Received.Where(name => name.Contains('/')).Select(name => name[(name.IndexOf('/') + 1)..])], Is.EqualTo(names));
    }

    [Test]
    public void SeveralFiles_AreNamedInTheOffer([Values] bool isBobOurs)
    {
        var (alice, bob) = Meet(isBobOurs: isBobOurs);
        alice.SendFiles([Make("a.bin", 10), Path.GetDirectoryName(Make("folder/b.bin", 20))!]).Subscribe();
        var offers = Record(bob.ReceiveOffer());
        Advance(5);
        var offer = (IncomingFolder)offers.Values.Single();
        Assert.That(offer.IsSeveral, Is.EqualTo(isBobOurs));
        Assert.That(offer.Names, Is.EqualTo(isBobOurs ? new[] { "a.bin", "folder/" } : []));
    }

    [Test]
    public void Text_Arrives()
    {
        var (alice, bob) = Meet();
        var sent = Record(alice.SendText("hello ☃\nsecond line"));
        var received = Record(bob.ReceiveOffer());
        Advance(5);
        Assert.That(((IncomingText)received.Values.Single()).Text, Is.EqualTo("hello ☃\nsecond line"));
        Assert.That(sent.Values, Has.Count.EqualTo(1));
        AssertTidy(alice, bob);
    }

    [Test]
    public void NobodySubscribes_NothingIsOffered()
    {
        var (alice, bob) = Meet();
        var progress = alice.SendFile(Make(Content, 10));
        var received = Record(bob.Receive());
        Advance(5);
        Assert.That(received.Values, Is.Empty);
        Assert.That(progress, Is.Not.Null);
    }

    [Test]
    public void Rejected_TheSenderHearsWhy()
    {
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Make(Content, 10)));
        var rejected = new List<object>();
        bob.ReceiveOffer(Into).Subscribe(offer => ((IncomingContent)offer).Reject("not today").Subscribe(value => rejected.Add(value)));
        Advance(5);
        Assert.That(rejected, Has.Count.EqualTo(1));
        var failure = Failure<TransferException>(sent);
        Assert.That(failure.Fault, Is.EqualTo(TransferFault.Rejected));
        Assert.That(failure.Message, Does.Contain("not today"));
        AssertTidy(alice, bob);
    }

    [Test]
    public void AnsweredTwice_IsAUsageError()
    {
        var (alice, bob) = Meet();
        Record(alice.SendFile(Make(Content, 10)));
        var offers = Record(bob.ReceiveOffer(Into));
        Advance(5);
        var offer = (IncomingContent)offers.Values.Single();
        var first = Record(offer.Accept());
        var second = Record(offer.Accept());
        var third = Record(offer.Reject());
        Advance(10);
        AssertDone(first, 10);
        Assert.That(second.Error, Is.InstanceOf<WormholeUsageException>());
        Assert.That(third.Error, Is.InstanceOf<WormholeUsageException>());
    }

    [Test]
    public void ClosedWithoutAnAnswer_TheSenderIsRejected()
    {
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Make(Content, 10)));
        Record(bob.ReceiveOffer(Into));
        Advance(5);
        bob.Close();
        Advance(5);
        Assert.That(Failure<TransferException>(sent).Fault, Is.EqualTo(TransferFault.Rejected));
    }

    [Test]
    public void TargetExists_IsRefusedAndTheSenderHears()
    {
        File.WriteAllText(Path.Combine(To, Content), "mine");
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Make(Content, 10)));
        var received = Accept(bob);
        Advance(10);
        Assert.That(Failure<TransferException>(received).Fault, Is.EqualTo(TransferFault.Exists));
        Assert.That(Failure<TransferException>(sent).Fault, Is.EqualTo(TransferFault.Rejected));
        Assert.That(File.ReadAllText(Path.Combine(To, Content)), Is.EqualTo("mine"));
    }

    [Test]
    public void NothingThere_FailsBeforeAnythingIsSaid()
    {
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Path.Combine(From, "missing")));
        var received = Record(bob.Receive());
        Advance(5);
        Assert.That(Failure<TransferException>(sent).Fault, Is.EqualTo(TransferFault.BadSource));
        Assert.That(received.Values, Is.Empty);
    }

    [Test]
    public void BothBehindNat_TheRelayIsUsed()
    {
        Network.Host("alice").Faults = Network.Host("bob").Faults = RxWormhole.Testing.NetworkFaults.BehindNat;
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Make(Content, 500_000)));
        var received = Accept(bob);
        Advance(30);
        AssertDone(sent, 500_000);
        AssertDone(received, 500_000);
        Assert.That(sent.Values[^1].Route!.IsRelayed, Is.True);
        Assert.That(Relay.Bytes, Is.GreaterThan(500_000));
        AssertTidy(alice, bob);
    }

    [Test]
    public void NoWayToEachOther_BothHearInTime()
    {
        Network.Host("alice").Faults = Network.Host("bob").Faults = RxWormhole.Testing.NetworkFaults.BehindNat;
        Relay.Stop();
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Make(Content, 10)));
        var received = Accept(bob);
        Advance(180);
        Assert.That(new[] { sent.Error, received.Error }, Has.Some.InstanceOf<TransitException>());
        Assert.That(Received, Is.Empty);
        AssertTidy(alice, bob);
    }

    [Test]
    public void SecondTransferOfASession_IsAUsageErrorAndNothingIsSaid()
    {
        // The keys are the session's: what they have sealed once must not be sealed over.
        var (alice, bob) = Meet();
        var first = Record(alice.SendFile(Make("first.bin", 1000)));
        Accept(bob);
        Advance(10);
        AssertDone(first, 1000);
        var said = Rendezvous.Transcript.ToString().Length;
        var second = Record(alice.SendFile(Make("second.bin", 2000)));
        var third = Record(alice.OpenTransit(Protocol.TransitRole.Sender));
        Advance(10);
        Assert.That(second.Error, Is.InstanceOf<WormholeUsageException>());
        Assert.That(third.Error, Is.InstanceOf<WormholeUsageException>());
        Assert.That(Rendezvous.Transcript.ToString(), Has.Length.EqualTo(said));
    }

    [Test]
    public void RestoredSession_RemembersThatItsTransitWasTaken()
    {
        Checkpoint? latest = null;
        var alice = Create(ForFiles("alice") with
        {
            Journal = checkpoint =>
            {
                latest = checkpoint;
                return System.Reactive.Linq.Observable.Return(System.Reactive.Unit.Default);
            },
        });
        var bob = Create(ForFiles("bob"));
        var code = Record(alice.AllocateCode());
        Advance(0.5);
        bob.SetCode(code.Values.Single()).Subscribe();
        var sent = Record(alice.SendFile(Make(Content, 1000)));
        Accept(bob);
        Advance(10);
        AssertDone(sent, 1000);
        alice.Dispose();
        using var restored = Wormhole.Restore(Checkpoint.Parse(latest!.ToJson()), ForFiles("alice"));
        restored.Resume().Subscribe();
        var again = Record(restored.SendFile(Make(Content, 2000)));
        Advance(10);
        Assert.That(again.Error, Is.InstanceOf<WormholeUsageException>());
    }

    [Test]
    public void TwoOffersAwaitedAtOnce_IsAUsageError()
    {
        var (_, bob) = Meet();
        var first = Record(bob.ReceiveOffer(Into));
        var second = Record(bob.ReceiveOffer(Into));
        Advance(5);
        Assert.That(first.IsOver, Is.False);
        Assert.That(second.Error, Is.InstanceOf<WormholeUsageException>());
    }

    [Test]
    public void SessionIsLostOnceConnected_TheTransferIsFinished()
    {
        Network.Host("alice").Faults = new RxWormhole.Testing.NetworkFaults { BytesPerSecond = 100_000 };
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile(Make(Content, 3_000_000)));
        var received = Accept(bob);
        Advance(3);
        Assert.That(sent.Values[^1].Stage, Is.EqualTo(TransferStage.Moving));
        Rendezvous.Stop();
        Advance(600);
        AssertDone(sent, 3_000_000);
        AssertDone(received, 3_000_000);
    }

    [Test]
    public void WholeFlow_IsTheSameEveryTime()
    {
        string Run()
        {
            ClearContext();
            MakeNetworkAndFolders();
            var (alice, bob) = Meet();
            Record(alice.SendFile(Make(Content, 700_000)));
            Accept(bob);
            Advance(30);
            Assert.That(Received, Has.Length.EqualTo(1));
            return $"{Network.Transcript}{Rendezvous.Transcript}";
        }

        var first = Run();
        Assert.That(Run(), Is.EqualTo(first));
    }

    private void AssertTidy(Wormhole alice, Wormhole bob)
    {
        alice.Close();
        bob.Close();
        Advance(20);
        Assert.That(Network.LeftBehind, Is.Empty);
        Assert.That(Rendezvous.LeftBehind, Is.Empty);
    }
}
