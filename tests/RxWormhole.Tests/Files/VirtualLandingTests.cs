using System.Security.Cryptography;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Files;

/// <summary>Receiving onto disks that are slow, full or broken, in virtual time.</summary>
public sealed class VirtualLandingTests : VirtualTimeFixture
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];

    private VirtualFiles files = null!;

    private ReceiveOptions Receive => new() { Sink = files, Folder = "/in" };

    [SetUp]
    public void MakeFiles()
    {
        files = new VirtualFiles(Clock);
        files.AddFolder("/in");
    }

    [Test]
    public void TooLittleSpace_IsSaidBeforeAnythingIsWritten()
    {
        files.Quota = 999;
        Assert.That(() => Land(File), Fails(TransferFault.NoSpace));
        files.Quota = 1000;
        Assert.That(() => Land(File), Throws.Nothing);

        // A zip file stays until it is unpacked; from a peer of ours there is none.
        files.Quota = 1900;
        var folder = new LandingOffer("album", 1000) { IsFolder = true, Bytes = 901, Files = 1 };
        Assert.That(() => Land(folder), Fails(TransferFault.NoSpace));
        Assert.That(() => Land(folder with { CanStream = true }), Throws.Nothing);
        Assert.That(files.Paths, Is.EqualTo(new[] { "/in/" }));
    }

    [Test]
    public void PartThatIsThere_CountsForTheSpace()
    {
        files.Quota = 1000;
        Write(Land(File), Content.AsMemory(0, 600)).Abandon(keepPart: true);
        Assert.That(files.Used, Is.EqualTo(600));
        using var landing = Land(File);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Assert.That(landing.FindAsync(hash, default).AsTask().GetAwaiter().GetResult(), Is.EqualTo(600));
        Write(landing, Content.AsMemory(600)).CommitAsync(default).AsTask().GetAwaiter().GetResult();
        Assert.That(files.Read("/in/file"), Is.EqualTo(Content));
        Assert.That(files.Open, Is.Zero);
    }

    [TestCase(false, false)]
    [TestCase(true, false)]
    [TestCase(true, true)]
    public void DiskThatFails_EndsItAndLeavesNothing(bool isFolder, bool streams)
    {
        var zip = new RawZip().Add(new("a/b") { Content = Content }).Add(new("c") { Content = Content });
        var bytes = !isFolder ? Content : streams ? zip.BuildStreamed() : zip.Build();
        var offer = new LandingOffer("album", bytes.Length) { IsFolder = isFolder, Bytes = 2000, Files = 2, CanStream = streams };
        for (var fails = 0; fails < 2000; fails += 50)
        {
            files = Fresh(fails);
            using var landing = Land(offer);
            try
            {
                Write(landing, bytes).CommitAsync(default).AsTask().GetAwaiter().GetResult();
                Assert.That(fails, Is.GreaterThanOrEqualTo(isFolder ? 2000 : 1000));
            }
            catch (TransferException exception)
            {
                Assert.That(exception.Fault, Is.EqualTo(TransferFault.CannotWrite));
                landing.Abandon(keepPart: false);
                Assert.That(files.Paths, Is.EqualTo(new[] { "/in/" }));
            }

            landing.Dispose();
            Assert.That(files.Open, Is.Zero);
        }
    }

    [Test]
    public void SlowDisk_TakesItsTime()
    {
        files.BytesPerSecond = 100;
        using var landing = Land(File);
        var written = landing.Target.WriteAsync(Content).AsTask();
        Advance(9.9);
        Assert.That(written.IsCompleted, Is.False);
        Advance(0.2);
        Assert.That(written.IsCompletedSuccessfully, Is.True);
        landing.CommitAsync(default).AsTask().GetAwaiter().GetResult();
    }

    [Test]
    public void SlowDiskThatIsGivenUp_TakesWhatItBeganWith([Values] bool isFolder)
    {
        var zip = new RawZip();
        for (var i = 0; i < 10; i++)
            zip.Add(new($"{i}") { Content = Content.AsSpan(0, 100).ToArray() });
        var bytes = isFolder ? zip.BuildStreamed() : Content;
        var offer = !isFolder ? File : new LandingOffer("album", bytes.Length) { IsFolder = true, Bytes = 1000, Files = 10, CanStream = true, CanResume = true };
        using var landing = Land(offer);
        files.BytesPerSecond = 100;
        using var cancelling = new CancellationTokenSource();
        var written = landing.Target.WriteAsync(bytes.AsMemory(0, 700), cancelling.Token).AsTask();
        Advance(3);
        cancelling.Cancel();
        Advance(0.1);
        Assert.That(written.IsCompleted, Is.False);
        Advance(10);
        Assert.That(written.IsCompletedSuccessfully, Is.True);
        Assert.That(landing.Target.WriteAsync(bytes.AsMemory(0, 100), cancelling.Token).AsTask().IsCanceled, Is.True);

        // Another connection goes on.
        files.BytesPerSecond = null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var found = (int)landing.FindAsync(hash, default).AsTask().GetAwaiter().GetResult();
        Assert.That(found, Is.GreaterThan(600));
        Assert.That(hash.GetCurrentHash(), Is.EqualTo(SHA256.HashData(bytes.AsSpan(0, found))));
        Write(landing, bytes.AsMemory(found)).CommitAsync(default).AsTask().GetAwaiter().GetResult();
        Assert.That(files.Read(isFolder ? "/in/album/9" : "/in/file"), Is.EqualTo(isFolder ? Content[..100] : Content));
    }

    [TestCase(false, false)]
    [TestCase(true, false)]
    [TestCase(true, true)]
    public void Everything_IsOnTheDiskBeforeItHasItsName(bool isFolder, bool streams)
    {
        var zip = new RawZip().Add(new("a/b") { Content = Content }).Add(new("c") { Content = Content });
        var bytes = !isFolder ? Content : streams ? zip.BuildStreamed() : zip.Build();
        using var landing = Land(new LandingOffer("album", bytes.Length) { IsFolder = isFolder, Bytes = 2000, Files = 2, CanStream = streams });
        Write(landing, bytes);
        files.AddFile("/in/album", Content);
        Assert.That(() => landing.CommitAsync(default).AsTask().GetAwaiter().GetResult(), Fails(TransferFault.Exists));
        Assert.That(files.Paths, Has.Count.GreaterThan(2));
        Assert.That(files.Unflushed, Is.Empty);
    }

    private static LandingOffer File => new("file", 1000) { CanResume = true };

    private VirtualFiles Fresh(long failsAfter)
    {
        var fresh = new VirtualFiles(Clock) { FailsAfter = failsAfter };
        fresh.AddFolder("/in");
        return fresh;
    }

    private Landing Land(LandingOffer offer) => Landing.For(offer, Receive, SeededEntropy.Create(1));

    private static Landing Write(Landing landing, ReadOnlyMemory<byte> bytes)
    {
        landing.Target.WriteAsync(bytes).AsTask().GetAwaiter().GetResult();
        return landing;
    }

    private static NUnit.Framework.Constraints.IResolveConstraint Fails(TransferFault fault) =>
        Throws.TypeOf<TransferException>().With.Property(nameof(TransferException.Fault)).EqualTo(fault);
}
