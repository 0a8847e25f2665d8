using System.Security.Cryptography;
using System.Text;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Files;

public sealed class FileLandingTests : DiskFixture
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("the content");

    private static readonly LandingOffer Offer = new("photo.jpg", Content.Length) { CanResume = true };

    [Test]
    public async Task File_AppearsUnderItsNameWhenItIsComplete()
    {
        using var landing = Land(Offer, Receive);
        await landing.Target.WriteAsync(Content.AsMemory(0, 4));
        Assert.That(Received.Single(), Does.Match(@"^photo\.jpg\.[0-9a-f]{8}\.rxwormhole-part$"));
        await landing.Target.WriteAsync(Content.AsMemory(4));
        var path = await landing.CommitAsync(default);
        Assert.That(Received, Is.EqualTo(new[] { "photo.jpg" }));
        Assert.That(path, Is.EqualTo(Path.Join(Folder, "photo.jpg")));
        Assert.That(ReadReceived("photo.jpg"), Is.EqualTo("the content"));
    }

    [Test]
    public async Task EmptyFile_NeedsNoBytes()
    {
        using var landing = Land(new LandingOffer("empty", 0), Receive);
        await landing.CommitAsync(default);
        Assert.That(ReadReceived("empty"), Is.Empty);
    }

    [Test]
    public async Task Zeros_ArriveAsZeros()
    {
        var content = new byte[100_000];
        content[50_000] = 1;
        using var landing = Land(new LandingOffer("sparse", 300_000), Receive);
        await landing.Target.WriteAsync(new byte[100_000]);
        await landing.Target.WriteAsync(content);
        await landing.Target.WriteAsync(new byte[100_000]);
        await landing.CommitAsync(default);
        Assert.That(File.ReadAllBytes(Path.Join(Folder, "sparse")), Is.EqualTo((byte[])[.. new byte[100_000], .. content, .. new byte[100_000]]));
    }

    [Test]
    public void OfferAlone_WritesNothing()
    {
        Land(Offer, Receive).Dispose();
        Assert.That(Received, Is.Empty);
    }

    [Test]
    public async Task Refusing_SomethingOfThatName_IsRefusedAtOnce()
    {
        File.WriteAllText(Path.Join(Folder, "photo.jpg"), "mine");
        Assert.That(() => Land(Offer, Receive), Fails(TransferFault.Exists));
        Directory.CreateDirectory(Path.Join(Folder, "album"));
        Assert.That(() => Land(Offer with { Name = "album" }, Receive with { Existing = ExistingPolicy.Overwrite }), Fails(TransferFault.Exists));
        File.CreateSymbolicLink(Path.Join(Folder, "link"), Path.Join(Folder, "nowhere"));
        Assert.That(() => Land(Offer with { Name = "link" }, Receive with { Existing = ExistingPolicy.Overwrite }), Fails(TransferFault.Exists));

        // Not there yet when the offer came.
        using var late = Land(Offer with { Name = "late" }, Receive);
        await late.Target.WriteAsync(Content);
        File.WriteAllText(Path.Join(Folder, "late"), "mine");
        Assert.That(async () => await late.CommitAsync(default), Fails(TransferFault.Exists));
        late.Abandon(keepPart: false);
        Assert.That(Received, Is.EqualTo(new[] { "album/", "late", "link", "photo.jpg" }));
        Assert.That(ReadReceived("late"), Is.EqualTo("mine"));
    }

    [Test]
    public async Task Renaming_FindsAFreeName()
    {
        File.WriteAllText(Path.Join(Folder, "photo.jpg"), "mine");
        File.WriteAllText(Path.Join(Folder, "photo (1).jpg"), "mine");
        using var landing = Land(Offer, Receive with { Existing = ExistingPolicy.Rename });
        Assert.That(landing.Name, Is.EqualTo("photo (2).jpg"));
        File.WriteAllText(Path.Join(Folder, "photo (2).jpg"), "mine");
        await landing.Target.WriteAsync(Content);
        await landing.CommitAsync(default);
        Assert.That(ReadReceived("photo (3).jpg"), Is.EqualTo("the content"));
    }

    [Test]
    public async Task Overwriting_ReplacesTheFileWhenItIsComplete()
    {
        File.WriteAllText(Path.Join(Folder, "photo.jpg"), "mine");
        using var landing = Land(Offer, Receive with { Existing = ExistingPolicy.Overwrite });
        await landing.Target.WriteAsync(Content);
        Assert.That(ReadReceived("photo.jpg"), Is.EqualTo("mine"));
        await landing.CommitAsync(default);
        Assert.That(Received, Is.EqualTo(new[] { "photo.jpg" }));
        Assert.That(ReadReceived("photo.jpg"), Is.EqualTo("the content"));
    }

    [Test]
    public async Task LongName_LeavesRoomForThePart()
    {
        var name = new string('é', 125) + ".jpg";
        using var landing = Land(Offer with { Name = name }, Receive);
        await landing.Target.WriteAsync(Content);
        landing.Abandon(keepPart: true);
        using var again = Land(Offer with { Name = name }, Receive);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Assert.That(await again.FindAsync(hash, default), Is.EqualTo(Content.Length));
        await again.CommitAsync(default);
        Assert.That(Received, Is.EqualTo(new[] { name }));
    }

    [Test]
    public async Task VectorsOfOfferedNames_NeverLeadOutside()
    {
        File.WriteAllText(Path.Join(Folder, "exists.txt"), "mine");
        Directory.CreateDirectory(Path.Join(Folder, "existsdir"));
        foreach (var vector in Vectors.Load("file-names.json")["cases"]!.AsArray().Where(each => (string)each!["kind"]! == "offered name"))
        {
            var offered = (string)vector!["name"]!;
            try
            {
                using var landing = Land(Offer with { Name = offered }, Receive with { Existing = ExistingPolicy.Refuse });
                await landing.Target.WriteAsync(Content);
                var path = await landing.CommitAsync(default);
                Assert.That((bool)vector["accept"]!, Is.True, offered);
                Assert.That(Path.GetDirectoryName(path), Is.EqualTo(Folder));
                File.Delete(path!);
            }
            catch (TransferException exception)
            {
                Assert.That(exception.Fault, Is.EqualTo(offered.Contains("exists", StringComparison.Ordinal) ? TransferFault.Exists : TransferFault.UnsafeName));
            }

            Assert.That(Received, Is.EqualTo(new[] { "exists.txt", "existsdir/" }));
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Interrupted_OnlyAPartStaysThatCanBeUsed(bool canResume)
    {
        var landing = Land(Offer with { CanResume = canResume }, Receive);
        await landing.Target.WriteAsync(Content.AsMemory(0, 5));
        landing.Abandon(keepPart: true);
        Assert.That(Received.Length, Is.EqualTo(canResume ? 1 : 0));
    }

    [Test]
    public async Task Resumed_LongestPartIsGoneOnWith()
    {
        foreach (var length in new[] { 2, 6, 4 })
        {
            var first = Landing.For(Offer, Receive, SeededEntropy.Create(length));
            await first.Target.WriteAsync(Content.AsMemory(0, length));
            first.Abandon(keepPart: true);
        }

        File.WriteAllText(Path.Join(Folder, "photo.jpg.0123456z.rxwormhole-part"), "no part");
        File.WriteAllText(Path.Join(Folder, "photo.jpg.01234567.rxwormhole-part"), "longer than what is offered");
        using var landing = Land(Offer, Receive);
        using var other = Land(Offer, Receive);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Assert.That(await landing.FindAsync(hash, default), Is.EqualTo(6));
        Assert.That(hash.GetCurrentHash(), Is.EqualTo(SHA256.HashData(Content.AsSpan(0, 6))));

        // Nobody gets the same part twice.
        using var otherHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Assert.That(await other.FindAsync(otherHash, default), Is.EqualTo(4));
        await landing.Target.WriteAsync(Content.AsMemory(6));
        await landing.CommitAsync(default);
        Assert.That(ReadReceived("photo.jpg"), Is.EqualTo("the content"));
    }

    [Test]
    public async Task Rewound_BeginsAgain()
    {
        var first = Land(Offer, Receive);
        await first.Target.WriteAsync("other con"u8.ToArray());
        first.Abandon(keepPart: true);
        using var landing = Land(Offer, Receive);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Assert.That(await landing.FindAsync(hash, default), Is.EqualTo(9));
        await landing.RewindAsync();
        await landing.Target.WriteAsync(Content);
        await landing.CommitAsync(default);
        Assert.That(Received, Is.EqualTo(new[] { "photo.jpg" }));
        Assert.That(ReadReceived("photo.jpg"), Is.EqualTo("the content"));
    }

    [Test]
    public async Task TooFewOrTooManyBytes_AreNoFile()
    {
        using var landing = Land(Offer, Receive);
        await landing.Target.WriteAsync(Content.AsMemory(1));
        Assert.That(async () => await landing.CommitAsync(default), Fails(TransferFault.Interrupted));
        Assert.That(async () => await landing.Target.WriteAsync(Content), Fails(TransferFault.Corrupted));
        landing.Dispose();
        Assert.That(Received, Is.Empty);
    }

    [Test]
    public void OfferThatCannotBeTaken_IsRefusedBeforeAnythingIsWritten() => Assert.Multiple(() =>
    {
        Assert.That(() => Land(Offer with { Name = ".." }, Receive), Fails(TransferFault.UnsafeName));
        Assert.That(() => Land(Offer with { Name = ".profile" }, Receive with { AllowHidden = false }), Fails(TransferFault.UnsafeName));
        Assert.That(() => Land(Offer, Receive with { Name = "../up.jpg" }), Fails(TransferFault.UnsafeName));
        Assert.That(() => Land(Offer with { Length = -1 }, Receive), Fails(TransferFault.BadMessage));
        Assert.That(() => Land(Offer with { Length = 101 }, Receive with { MaxBytes = 100 }), Fails(TransferFault.NoSpace));
        Assert.That(() => Land(Offer with { Length = long.MaxValue }, Receive), Fails(TransferFault.NoSpace));
        Assert.That(() => Land(Offer, Receive with { Folder = Path.Join(Folder, "missing") }), Fails(TransferFault.CannotWrite));
        Assert.That(Received, Is.Empty);
    });
}
