using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Microsoft.Reactive.Testing;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Files;

/// <summary>A folder that several users share: what lies in wait there under the name of a part is not ours, and what we make is nobody else's until it is complete.</summary>
[SupportedOSPlatform("linux")]
[Platform("Linux")]
public sealed class ForeignPartTests : DiskFixture
{
    private const UnixFileMode Others = (UnixFileMode)0b000_111_111;

    private static readonly byte[] Content = "the content"u8.ToArray();
    private static readonly LandingOffer Offer = new("photo.jpg", Content.Length) { CanResume = true };

    [Test]
    public async Task HardLink_IsNotWrittenThrough()
    {
        var victim = Write("victim", "secret");
        using (var process = Process.Start("ln", [victim, Path.Join(Folder, "photo.jpg.00000000.rxwormhole-part")]))
            await process.WaitForExitAsync();
        using var landing = Land(Offer, Receive);
        Assert.That(await FindAsync(landing), Is.Zero);
        await landing.RewindAsync();
        await landing.Target.WriteAsync(Content);
        await landing.CommitAsync(default);
        Assert.That(File.ReadAllText(victim), Is.EqualTo("secret"));
        Assert.That(ReadReceived("photo.jpg"), Is.EqualTo("the content"));
    }

    [Test]
    public async Task PartOfAnother_IsNotTaken()
    {
        var path = Path.Join(Folder, "photo.jpg.00000000.rxwormhole-part");
        File.WriteAllText(path, "the");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        using (var landing = Land(Offer, Receive))
            Assert.That(await FindAsync(landing), Is.Zero);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using (var landing = Land(Offer, Receive))
            Assert.That(await FindAsync(landing), Is.EqualTo(3));
    }

    [Test]
    public async Task PartWithAnotherBeginning_IsNotGoneOnWith()
    {
        var files = new VirtualFiles(new TestScheduler());
        files.AddFile("/in/photo.jpg.00000000.rxwormhole-part", "evil"u8, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var before = files.Look("/in/photo.jpg.00000000.rxwormhole-part")!.Identity;
        using var landing = Land(Offer, new ReceiveOptions { Sink = files, Folder = "/in" });
        Assert.That(await FindAsync(landing), Is.EqualTo(4));
        await landing.RewindAsync();
        await landing.Target.WriteAsync(Content);
        await landing.CommitAsync(default);

        // Whoever has it open cannot write into what was received.
        Assert.That(files.Paths, Is.EqualTo(new[] { "/in/", "/in/photo.jpg" }));
        Assert.That(files.Look("/in/photo.jpg")!.Identity, Is.Not.EqualTo(before));
    }

    [Test]
    public async Task Part_IsNobodyElsesUntilItIsComplete()
    {
        File.WriteAllText(Path.Join(Folder, "usual"), "");
        Directory.CreateDirectory(Path.Join(Folder, "usual folder"));
        using var landing = Land(Offer, Receive);
        await landing.Target.WriteAsync(Content);
        Assert.That(File.GetUnixFileMode(Path.Join(Folder, Received[0])) & Others, Is.EqualTo(UnixFileMode.None));
        await landing.CommitAsync(default);
        Assert.That(File.GetUnixFileMode(Path.Join(Folder, "photo.jpg")), Is.EqualTo(File.GetUnixFileMode(Path.Join(Folder, "usual"))));

        var bytes = RawZip.Of("a/b").BuildStreamed();
        using var folder = Land(new LandingOffer("album", bytes.Length) { IsFolder = true, CanStream = true, CanResume = true }, Receive);
        await folder.Target.WriteAsync(bytes);
        Assert.That(File.GetUnixFileMode(Path.Join(Folder, Received[0])) & Others, Is.EqualTo(UnixFileMode.None));
        await folder.CommitAsync(default);
        Assert.That(File.GetUnixFileMode(Path.Join(Folder, "album")), Is.EqualTo(File.GetUnixFileMode(Path.Join(Folder, "usual folder"))));
        Assert.That(File.GetUnixFileMode(Path.Join(Folder, "album/a")), Is.EqualTo(File.GetUnixFileMode(Path.Join(Folder, "usual folder"))));
        Assert.That(File.GetUnixFileMode(Path.Join(Folder, "album/a/b")), Is.EqualTo(File.GetUnixFileMode(Path.Join(Folder, "usual"))));
    }

    [TestCase("")]
    [TestCase("/journal")]
    [TestCase("/tree")]
    [TestCase("/tree/a")]
    [TestCase("/tree/a/b")]
    public async Task PartOfAFolder_IsTakenOnlyIfAllOfItIsOurs(string foreign)
    {
        var (files, landing, part) = InterruptFolder();
        files.Disown(part + foreign);
        Assert.That(await FindAsync(landing), Is.Zero);
    }

    [TestCase("/tree/x")]
    [TestCase("/tree/a/x")]
    public async Task PartOfAFolderWithMoreInIt_IsNotGoneOnWith(string more)
    {
        var (files, landing, part) = InterruptFolder();
        files.AddFile(part + more, "evil"u8);
        Assert.That(await FindAsync(landing), Is.Zero);
        landing.Dispose();
        Assert.That(files.Paths, Is.EqualTo(new[] { "/in/" }));
    }

    [Test]
    public async Task PartOfAFolderWithALinkInIt_IsNotGoneOnWith()
    {
        var (files, landing, part) = InterruptFolder();
        files.AddFile("/elsewhere/b", "mine"u8);
        files.Delete(part + "/tree/a");
        files.AddLink(part + "/tree/a", "/elsewhere");
        Assert.That(await FindAsync(landing), Is.Zero);
        Assert.That(files.Read("/elsewhere/b"), Is.EqualTo("mine"u8.ToArray()));
    }

    [Test]
    public async Task PartOfAFolderAsItWas_IsGoneOnWith()
    {
        var (_, landing, _) = InterruptFolder();
        Assert.That(await FindAsync(landing), Is.Positive);
    }

    private static (VirtualFiles Files, Landing Again, string Part) InterruptFolder()
    {
        var files = new VirtualFiles(new TestScheduler());
        files.AddFolder("/in");
        var zip = new RawZip().Add(new("a/b") { Content = Content }).Add(new("c") { Content = Content }).BuildStreamed();
        var offer = new LandingOffer("album", zip.Length) { IsFolder = true, Bytes = 2 * Content.Length, Files = 2, CanStream = true, CanResume = true };
        var options = new ReceiveOptions { Sink = files, Folder = "/in" };
        var first = Landing.For(offer, options, SeededEntropy.Create(1));
        first.Target.Write(zip.AsSpan(0, 150));
        first.Abandon(keepPart: true);
        return (files, Landing.For(offer, options, SeededEntropy.Create(2)), files.Paths[1].TrimEnd('/'));
    }

    private static async Task<long> FindAsync(Landing landing)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        return await landing.FindAsync(hash, default);
    }
}
