using RxWormhole.Testing;

namespace RxWormhole.Tests.Transfers;

/// <summary>Disks in virtual time: slow, full, failing, and files that change while they are sent.</summary>
public sealed class DiskTests : TransferFixture
{
    private const int Length = 2_000_000;

    private VirtualFiles source = null!;
    private VirtualFiles sink = null!;

    private SendOptions Out => new() { Source = source };

    private ReceiveOptions In => new() { Sink = sink, Folder = "/in" };

    [SetUp]
    public void MakeDisks()
    {
        source = new VirtualFiles(Clock);
        source.AddFile("/out/content.bin", Bytes(Length));
        sink = new VirtualFiles(Clock);
        sink.AddFolder("/in");
    }

    [Test]
    public void SlowTarget_SlowsTheSourceDown()
    {
        sink.BytesPerSecond = 100_000;
        var (sent, received) = Transfer();
        Advance(5);
        // Between the two there is no more than the network and the buffers hold.
        Assert.That(sent.Values[^1].Stage, Is.EqualTo(TransferStage.Moving).Or.EqualTo(TransferStage.Finishing));
        Assert.That(received.Values[^1].Bytes, Is.LessThan(600_000));
        Advance(60);
        AssertDone(sent, Length);
        AssertDone(received, Length);
        AssertArrived();
    }

    [Test]
    public void SlowSource_ArrivesAllTheSame()
    {
        source.BytesPerSecond = 200_000;
        var (sent, received) = Transfer();
        Advance(60);
        AssertDone(sent, Length);
        AssertDone(received, Length);
        AssertArrived();
        Assert.That(received.Values.Where(each => each.BytesPerSecond > 0).Select(each => each.BytesPerSecond), Has.All.LessThan(2_000_000));
        Assert.That(received.Values.Where(each => each.Remaining is not null), Is.Not.Empty);
    }

    [Test]
    public void TargetStandsStillForMinutes_IsNoSilenceOfTheOtherSide()
    {
        // The sender knows only that nothing is taken, and has more patience here.
        var (alice, bob) = (Create(ForFiles("alice") with { Transit = ForFiles("alice").Transit with { Silence = TimeSpan.FromHours(1) } }), Create(ForFiles("bob")));
        var code = Record(alice.AllocateCode());
        Advance(0.5);
        bob.SetCode(code.Values.Single()).Subscribe();
        sink.BytesPerSecond = 1500;
        var sent = Record(alice.SendFile("/out/content.bin", Out));
        var received = Accept(bob, In);
        Advance(200);
        Assert.That(received.Values[^1].Bytes, Is.LessThan(400_000));
        sink.BytesPerSecond = null;
        Advance(300);
        AssertDone(sent, Length);
        AssertDone(received, Length);
        AssertArrived();
    }

    [Test]
    public void NoSpace_IsRefusedBeforeAnythingMoves()
    {
        sink.Quota = Length - 1;
        var (sent, received) = Transfer();
        Advance(10);
        Assert.That(Failure<TransferException>(received).Fault, Is.EqualTo(TransferFault.NoSpace));
        Assert.That(Failure<TransferException>(sent).Message, Does.Contain("not enough space"));
        AssertNothingLeft();
    }

    [TestCase(0)]
    [TestCase(1_000_000)]
    [TestCase(Length - 1)]
    public void TargetCannotBeWritten_BothHearAndOnlyAPartIsLeft(long after)
    {
        sink.FailsAfter = after;
        var (sent, received) = Transfer();
        Advance(60);
        Assert.That(Failure<TransferException>(received).Fault, Is.EqualTo(TransferFault.CannotWrite));
        Assert.That(Failure<TransferException>(sent).Message, Does.Contain("cannot be written"));
        Assert.That(sink.Paths.Where(path => path != "/in/" && !path.EndsWith(".rxwormhole-part", StringComparison.Ordinal)), Is.Empty);
        Assert.That(sink.Open, Is.Zero);
    }

    [TestCase(1_999_999, Description = "shrinks")]
    [TestCase(2_000_001, Description = "grows")]
    [TestCase(0)]
    public void SourceChangesWhileItIsSent_BothHear(int length)
    {
        source.BytesPerSecond = 200_000;
        var (sent, received) = Transfer();
        Advance(3);
        Assert.That(received.Values[^1].Stage, Is.EqualTo(TransferStage.Moving));
        source.AddFile("/out/content.bin", Bytes(length));
        Advance(60);
        Assert.That(Failure<TransferException>(sent).Fault, Is.EqualTo(TransferFault.SourceChanged));
        Assert.That(Failure<TransferException>(received).Message, Does.Contain("changed while it was sent"));
        Assert.That(sink.Paths, Does.Not.Contain("/in/content.bin"));
        Assert.That((source.Open, sink.Open), Is.EqualTo((0, 0)));
    }

    [Test]
    public void ReceiverUnpacksForMinutes_TheSenderWaits()
    {
        for (var i = 0; i < 20; i++)
            source.AddFile($"/out/folder/{i}", Bytes(100_000, i));
        var (alice, bob) = Meet(isAliceOurs: false);
        var sent = Record(alice.SendFile("/out/folder", Out));
        var received = Accept(bob, In);
        Advance(2);
        sink.BytesPerSecond = 15_000;
        Advance(900);
        Assert.That((sent.Error, received.Error), Is.EqualTo(((Exception?)null, (Exception?)null)));
        Assert.That(sink.Read("/in/folder/19").AsSpan().SequenceEqual(Bytes(100_000, 19)), Is.True);
        Assert.That(sink.Open, Is.Zero);
    }

    [Test]
    public void FolderIsInterrupted_ItGoesOnInTheSameSession([Values(300, 50_000, 700_000, 1_999_000)] int after)
    {
        for (var i = 0; i < 20; i++)
            source.AddFile($"/out/folder/{i % 5}/{i}", Bytes(100_000, i));
        Network.Host("bob").Faults = new NetworkFaults { CutAfter = after };
        var (alice, bob) = Meet();
        var sent = Record(alice.SendFile("/out/folder", Out));
        var received = Accept(bob, In);
        Advance(5);
        Network.Host("bob").Faults = NetworkFaults.None;
        Advance(300);
        Assert.That((sent.Error, received.Error), Is.EqualTo(((Exception?)null, (Exception?)null)));
        Assert.That((sent.IsCompleted, received.IsCompleted), Is.EqualTo((true, true)));
        for (var i = 0; i < 20; i++)
            Assert.That(sink.Read($"/in/folder/{i % 5}/{i}").AsSpan().SequenceEqual(Bytes(100_000, i)), Is.True);
        Assert.That(sink.Paths.Where(path => path.Contains("part", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void FolderIsBrokenOff_NextCodeGoesOn()
    {
        for (var i = 0; i < 20; i++)
            source.AddFile($"/out/folder/{i % 5}/{i}", Bytes(100_000, i));
        Network.Host("alice").Faults = new NetworkFaults { BytesPerSecond = 200_000 };
        var (alice, bob) = Meet();
        Record(alice.SendFile("/out/folder", Out), out var sending);
        Accept(bob, In);
        Advance(6);
        sending.Dispose();
        Advance(10);
        alice.Close();
        bob.Close();
        Advance(10);
        (alice, bob) = Meet();
        var sent = Record(alice.SendFile("/out/folder", Out));
        var received = Accept(bob, In);
        Advance(60);
        Assert.That((sent.Error, received.Error), Is.EqualTo(((Exception?)null, (Exception?)null)));
        Assert.That(received.Values.First(each => each.Stage == TransferStage.Moving).Bytes, Is.GreaterThan(300_000));
        for (var i = 0; i < 20; i++)
            Assert.That(sink.Read($"/in/folder/{i % 5}/{i}").AsSpan().SequenceEqual(Bytes(100_000, i)), Is.True);
        Assert.That(sink.Paths.Where(path => path.Contains("part", StringComparison.Ordinal)), Is.Empty);
    }

    private (Recorder<TransferProgress> Sent, Recorder<TransferProgress> Received) Transfer()
    {
        var (alice, bob) = Meet();
        return (Record(alice.SendFile("/out/content.bin", Out)), Accept(bob, In));
    }

    private void AssertArrived()
    {
        Assert.That(sink.Read("/in/content.bin").AsSpan().SequenceEqual(Bytes(Length)), Is.True);
        Assert.That(sink.Paths.Where(path => path.Contains("part", StringComparison.Ordinal)), Is.Empty);
        Assert.That((source.Open, sink.Open), Is.EqualTo((0, 0)));
    }

    private void AssertNothingLeft() => Assert.That(sink.Paths.Where(path => path != "/in/"), Is.Empty);
}
