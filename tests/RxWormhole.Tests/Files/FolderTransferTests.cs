using System.IO.Compression;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Files;

/// <summary>Folders from disk to disk, unpacked at the end as from any peer, and as they arrive as from one of ours.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture(false)]
[TestFixture(true)]
public sealed class FolderTransferTests(bool streams) : DiskFixture
{
    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;

    [Test]
    public async Task Folder_ArrivesAsItWas()
    {
        Write("album/a.txt", "first");
        Write("album/deep/er/b.txt", new string('b', 70_000));
        Write("album/empty file", "");
        Write("album/日本/é.txt", "names");
        File.SetUnixFileMode(Write("album/run.sh", "#!/bin/sh"), Executable);
        Directory.CreateDirectory(Path.Join(From, "album", "nothing", "in it"));

        var outgoing = Outgoing.Of(Path.Join(From, "album"));
        Assert.Multiple(() =>
        {
            Assert.That(outgoing.Name, Is.EqualTo("album"));
            Assert.That(outgoing.IsFolder, Is.True);
            Assert.That(outgoing.Several, Is.Empty);
            Assert.That(outgoing.Files, Is.EqualTo(5));
            Assert.That(outgoing.Bytes, Is.EqualTo(5 + 70_000 + 5 + 9));
        });
        foreach (var piece in new[] { 1, 100, 1 << 18 })
        {
            var path = await TransferAsync(outgoing, Receive with { Existing = ExistingPolicy.Rename }, piece);
            var name = Path.GetFileName(path);
            Assert.That(Received.Where(each => each.StartsWith(name + "/", StringComparison.Ordinal)).Select(each => each[(name.Length + 1)..]), Is.EqualTo(new[]
            {
                "", "a.txt", "deep/", "deep/er/", "deep/er/b.txt", "empty file", "nothing/", "nothing/in it/", "run.sh", "日本/", "日本/é.txt",
            }));
            Assert.That(ReadReceived(name + "/deep/er/b.txt"), Is.EqualTo(new string('b', 70_000)));
            Assert.That(ReadReceived(name + "/日本/é.txt"), Is.EqualTo("names"));
            Assert.That(File.GetUnixFileMode(Path.Join(path, "run.sh")) & UnixFileMode.UserExecute, Is.EqualTo(UnixFileMode.UserExecute));
            Assert.That(File.GetUnixFileMode(Path.Join(path, "a.txt")) & UnixFileMode.UserExecute, Is.EqualTo(UnixFileMode.None));
        }

        Assert.That(Directory.EnumerateFileSystemEntries(Folder).Count(), Is.EqualTo(3));
    }

    [Test]
    public async Task EmptyFolder_ArrivesEmpty()
    {
        Directory.CreateDirectory(Path.Join(From, "empty"));
        await TransferAsync(Outgoing.Of(Path.Join(From, "empty")), Receive);
        Assert.That(Received, Is.EqualTo(new[] { "empty/" }));
    }

    [Test]
    public async Task SeveralPaths_AreLaidOutAsGiven()
    {
        string[] paths = [Write("a.txt", "first"), Path.Join(From, "album")];
        Write("album/b.txt", "second");
        var outgoing = Outgoing.Of(paths);
        Assert.That(outgoing.Name, Is.EqualTo("a.txt and 1 more"));
        Assert.That(outgoing.Several, Is.EqualTo(new[] { new OfferedItem("a.txt", false), new OfferedItem("album", true) }));
        File.WriteAllText(Path.Join(Folder, "a.txt"), "mine");
        await TransferAsync(outgoing, Receive with { Existing = ExistingPolicy.Rename });
        Assert.That(Received, Is.EqualTo(new[] { "a (1).txt", "a.txt", "album/", "album/b.txt" }));

        // With a name given for it, it is one folder.
        await TransferAsync(outgoing, Receive with { Name = "all" });
        Assert.That(Received.Where(each => each.StartsWith("all", StringComparison.Ordinal)), Is.EqualTo(new[] { "all/", "all/a.txt", "all/album/", "all/album/b.txt" }));
    }

    [Test]
    public void SeveralPaths_WithOneTaken_LeaveNothing()
    {
        string[] paths = [Write("a.txt", "first"), Write("b.txt", "second")];
        File.WriteAllText(Path.Join(Folder, "b.txt"), "mine");
        Assert.That(async () => await TransferAsync(Outgoing.Of(paths), Receive), Fails(TransferFault.Exists));
        Assert.That(Received, Is.EqualTo(new[] { "b.txt" }));
    }

    [Test]
    public async Task ReadOnlyFolderAndFile_AreUnpackedAllTheSame()
    {
        Directory.CreateDirectory(Path.Join(From, "album", "locked"));
        File.SetUnixFileMode(Path.Join(From, "album", "locked"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.SetUnixFileMode(Write("album/file", "content"), UnixFileMode.UserRead);
        var path = await TransferAsync(Outgoing.Of(Path.Join(From, "album")), Receive);
        Assert.That(File.GetUnixFileMode(Path.Join(path, "locked")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserExecute));
        Assert.That(File.GetUnixFileMode(Path.Join(path, "file")), Is.EqualTo(UnixFileMode.UserRead));
    }

    [Test]
    public void Interrupted_LeavesNothing()
    {
        Write("album/a.txt", "first");
        Write("album/b.txt", "second");
        var outgoing = Outgoing.Of(Path.Join(From, "album"));
        using var content = outgoing.Open();
        var bytes = new byte[outgoing.Length!.Value];
        content.ReadExactly(bytes);
        for (var length = 0; length < bytes.Length; length += 7)
        {
            using var landing = Land(OfferOf(outgoing), Receive);
            landing.Target.Write(bytes, 0, length);
            Assert.That(async () => await landing.CommitAsync(default), Fails(TransferFault.Interrupted));
            landing.Abandon(keepPart: true);
            Assert.That(Received, Is.Empty);
        }
    }

    [Test]
    public async Task Interrupted_IsGoneOnWithWhereverThatWas()
    {
        if (!streams)
            return;
        Write("album/a.txt", "first");
        Write("album/deep/b.txt", "second");
        Directory.CreateDirectory(Path.Join(From, "album", "nothing"));
        var outgoing = Outgoing.Of(Path.Join(From, "album"));
        var offer = OfferOf(outgoing) with { CanResume = true };
        using var content = outgoing.Open();
        var bytes = new byte[outgoing.Length!.Value];
        content.ReadExactly(bytes);
        var entriesEnd = bytes.AsSpan().IndexOf("PK\x01\x02"u8);
        for (var length = 1; length <= bytes.Length; length++)
        {
            var first = Land(offer, Receive);
            first.Target.Write(bytes, 0, length);
            first.Abandon(keepPart: true);
            Assert.That(Received[0], Does.EndWith(".rxwormhole-part/"));

            using var second = Landing.For(offer, Receive, SeededEntropy.Create(2));
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var found = (int)await second.FindAsync(hash, default);

            // Of a record only a whole one counts, and of the directory at the end nothing.
            var end = Math.Min(length, entriesEnd);
            Assert.That(found, Is.LessThanOrEqualTo(end).And.GreaterThan(end - 100));
            Assert.That(hash.GetCurrentHash(), Is.EqualTo(SHA256.HashData(bytes.AsSpan(0, found))));
            second.Target.Write(bytes, found, (bytes.Length - found) / 2);

            // The link is lost once more, and the same landing goes on.
            var middle = found + ((bytes.Length - found) / 2);
            using var again = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            found = (int)await second.FindAsync(again, default);
            Assert.That(found, Is.LessThanOrEqualTo(middle));
            Assert.That(again.GetCurrentHash(), Is.EqualTo(SHA256.HashData(bytes.AsSpan(0, found))));
            second.Target.Write(bytes, found, bytes.Length - found);
            await second.CommitAsync(default);
            Assert.That(Received, Is.EqualTo(new[] { "album/", "album/a.txt", "album/deep/", "album/deep/b.txt", "album/nothing/" }));
            Assert.That(ReadReceived("album/a.txt") + ReadReceived("album/deep/b.txt"), Is.EqualTo("firstsecond"));
            PhysicalFiles.Default.Delete(Path.Join(Folder, "album"));
        }
    }

    [Test]
    public void ZipFile_IsReadByThePlatform()
    {
        Write("album/a.txt", "first");
        Write("album/日本/é.txt", "names");
        Directory.CreateDirectory(Path.Join(From, "album", "nothing"));
        using var zip = new ZipArchive(Copy(Outgoing.Of(Path.Join(From, "album")).Open()));
        Assert.That(zip.Entries.Select(entry => entry.FullName), Is.EqualTo(new[] { "a.txt", "nothing/", "日本/é.txt" }));
        using var content = new StreamReader(zip.Entries[2].Open());
        Assert.That(content.ReadToEnd(), Is.EqualTo("names"));
    }

    private LandingOffer OfferOf(Outgoing outgoing) => new(outgoing.Name, outgoing.Length)
    {
        IsFolder = true,
        Bytes = outgoing.Bytes!.Value,
        Files = outgoing.Files,
        Several = outgoing.Several,
        CanStream = streams,
    };

    private async Task<string> TransferAsync(Outgoing outgoing, ReceiveOptions options, int piece = 1000)
    {
        using var landing = Land(OfferOf(outgoing), options);
        await using var content = outgoing.Open();
        var buffer = new byte[piece];
        while (await content.ReadAsync(buffer) is > 0 and var count)
            await landing.Target.WriteAsync(buffer.AsMemory(0, count));
        return (await landing.CommitAsync(default))!;
    }

    private static MemoryStream Copy(Stream stream)
    {
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        stream.Dispose();
        copy.Position = 0;
        return copy;
    }
}
