using System.Text;
using RxWormhole.Protocol;

namespace RxWormhole.Tests.Files;

/// <summary>Folders that no honest sender sends: whatever they are, nothing outside the folder received into changes, and nothing of them is left.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class HostileFolderTests(bool streams) : DiskFixture
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("content");

    private static IEnumerable<TestCaseData> Zips()
    {
        foreach (var name in new[]
        {
            "../x", "../../x", "/abs", "/etc/passwd", "a/../../x", "sub/../x", "..", ".", "", "./", "..\\x", "a\\..\\..\\x", "C:/x", "\\\\host\\share\\x", "a//b",
            "../target-evil/x", "../sentinel", "x/../../sentinel", "a/..", "../", "a/\u200E../\u200E..\u200E/../../x", "x.rxwormhole-part", "//x",
            string.Concat(Enumerable.Repeat("d/", 300)) + "x", new string('n', 256), new string('n', 65_000),
        })
        {
            yield return Case($"name {name[..Math.Min(40, name.Length)]}", RawZip.Of(name));
            yield return Case($"name {name[..Math.Min(40, name.Length)]} behind a good one", RawZip.Of("good", name));
        }

        yield return Case("the same name twice", RawZip.Of("a", "a"));
        yield return Case("a file that is a folder as well", RawZip.Of("a", "a/b"));
        yield return Case("a folder that is a file as well", RawZip.Of("a/b", "a"));
        yield return Case("a symbolic link", new RawZip().Add(new("link") { Mode = 0xA1FF, Content = "../sentinel"u8.ToArray() }));
        yield return Case("a link, then through it", new RawZip().Add(new("up") { Mode = 0xA1FF, Content = ".."u8.ToArray() }).Add(new("up/sentinel") { Content = Content }));
        yield return Case("a pipe", new RawZip().Add(new("pipe") { Mode = 0x11FF }));
        yield return Case("a device", new RawZip().Add(new("device") { Mode = 0x21FF }));
        yield return Case("a folder that says it is a file", new RawZip().Add(new("folder/") { Mode = 0x81FF }));
        yield return Case("a file that says it is a folder", new RawZip().Add(new("file") { Mode = 0x41FF }));
        yield return Case("a folder with content", new RawZip().Add(new("folder/") { Content = Content }));
        yield return Case("a wrong sum", new RawZip().Add(new("file") { Content = Content, Crc = 1 }));
        yield return Case("more than was announced", new RawZip().Add(new("a") { Content = new byte[60] }).Add(new("b") { Content = new byte[60] }));
        yield return Case("a length that is not true", new RawZip().Add(new("file") { Content = Content, Length = 8 }));
        yield return Case("a length of four gigabytes", new RawZip().Add(new("file") { Content = Content, Length = uint.MaxValue - 1 }));
        yield return Case("no zip file", null, Content);
        yield return Case("zeros", null, new byte[100]);
        yield return Case("nothing", null, []);
    }

    // What only somebody can do whose folder is unpacked by its directory.
    private static IEnumerable<TestCaseData> ZipsWithDirectory()
    {
        yield return Case("a bomb", new RawZip().Add(new("bomb") { Content = new byte[1_000_000], Method = 8 }));
        yield return Case("a bomb that says it is small", new RawZip().Add(new("bomb") { Content = new byte[1_000_000], Method = 8, Length = 50 }));
        yield return Case("less than it says", new RawZip().Add(new("file") { Content = Content, Method = 8, Length = 90 }));
        yield return Case("encrypted", new RawZip().Add(new("file") { Content = Content, Flags = 1 }));
        yield return Case("an unknown method", new RawZip().Add(new("file") { Content = Content, Method = 14 }));
        yield return Case("deflated nonsense", new RawZip().Add(new("file") { Content = Content, Method = 9 }));
        yield return Case("more entries than there are", new RawZip { Count = 3 }.Add(new("file")));
        yield return Case("fewer entries than there are", new RawZip { Count = 1 }.Add(new("a")).Add(new("b")));
        yield return Case("very many entries", new RawZip { Count = 65_000 }.Add(new("file")));
        yield return Case("an entry in the directory itself", new RawZip().Add(new("file") { Offset = 40 }));
        yield return Case("an entry beyond the end", new RawZip().Add(new("file") { Offset = uint.MaxValue - 1 }));
        yield return Case("something behind its end", null, [.. RawZip.Of("file").Build(), 0]);
        yield return Case("a directory cut short", null, RawZip.Of("file").Build()[..^30]);
    }

    [TestCaseSource(nameof(Zips))]
    public void HostileFolder_IsRefusedAndLeavesNothing(Func<bool, byte[]> zip) => IsRefused(zip(streams));

    [TestCaseSource(nameof(ZipsWithDirectory))]
    public void HostileDirectory_IsRefusedAndLeavesNothing(Func<bool, byte[]> zip)
    {
        if (!streams)
            IsRefused(zip(false));
    }

    [Test]
    public void EveryChangedByte_IsRefusedOrStaysInside([Values(0, 0xFF, 0x2F)] int value)
    {
        var zip = new RawZip().Add(new("dir/file") { Content = Content, Mode = 0x81A4 }).Add(new("x") { Content = Content });
        var bytes = streams ? zip.BuildStreamed() : zip.Build();
        for (var i = 0; i < bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] = (byte)value;
            try
            {
                ReceiveFolder(changed);
            }
            catch (TransferException)
            {
                Assert.That(Received, Is.Empty);
            }

            Assert.That(Received.Where(name => !name.StartsWith("album/", StringComparison.Ordinal)), Is.Empty);
            PhysicalFiles.Default.Delete(Path.Join(Folder, "album"));
        }
    }

    [Test]
    public void VectorsOfZipEntries_NeverLeadOutside() => Assert.Multiple(() =>
    {
        foreach (var vector in Vectors.Load("file-names.json")["cases"]!.AsArray().Where(each => (string)each!["kind"]! == "zip entry"))
        {
            var zip = RawZip.Of((string)vector!["entry"]!);
            var accepted = ZipEntryName.TryParse((string)vector["entry"]!, out var path, out var isFolder, out _);
            if (accepted)
            {
                ReceiveFolder(streams ? zip.BuildStreamed() : zip.Build());
                Assert.That(Received, Does.Contain($"album/{string.Join('/', path)}{(isFolder ? "/" : "")}"));
                PhysicalFiles.Default.Delete(Path.Join(Folder, "album"));
            }
            else
            {
                Assert.That(() => ReceiveFolder(streams ? zip.BuildStreamed() : zip.Build()), Fails(TransferFault.BadFolder));
            }
        }
    });

    [Test]
    public void SpecialBits_AreNeverSet()
    {
        var zip = new RawZip().Add(new("file") { Content = Content, Mode = 0x8FFF }).Add(new("unset") { Content = Content });
        var path = ReceiveFolder(streams ? zip.BuildStreamed() : zip.Build());
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode Special = UnixFileMode.SetUser | UnixFileMode.SetGroup | UnixFileMode.StickyBit;
        Assert.That(File.GetUnixFileMode(Path.Join(path, "file")) & (Special | UnixFileMode.OtherWrite), Is.EqualTo(UnixFileMode.None));
        Assert.That(File.GetUnixFileMode(Path.Join(path, "unset")) & UnixFileMode.UserRead, Is.EqualTo(UnixFileMode.UserRead));
    }

    [Test]
    public void LinkLyingInWait_IsNotFollowed()
    {
        // Somebody put a link where the folder, or a file of several, should go.
        File.CreateSymbolicLink(Path.Join(Folder, "album"), Path.Join(Folder, "..", "target-evil"));
        Assert.That(() => ReceiveFolder(Build("x")), Fails(TransferFault.Exists));
        Assert.That(() => ReceiveFolder(Build("album/x"), layout: true), Fails(TransferFault.Exists));
        Assert.That(Received, Has.None.Contains("rxwormhole"));
    }

    private static OfferedItem[] Offered => [new("good", false), new("a", false), new("file", false), new("album", true)];

    private byte[] Build(string name) => streams ? RawZip.Of(name).BuildStreamed() : RawZip.Of(name).Build();

    private void IsRefused(byte[] bytes)
    {
        Assert.That(() => ReceiveFolder(bytes), Fails(TransferFault.BadFolder));
        Assert.That(Received, Is.Empty);
        Assert.That(() => ReceiveFolder(bytes, layout: true), Fails(TransferFault.BadFolder));
        Assert.That(Received, Is.Empty);
    }

    private string ReceiveFolder(byte[] bytes, bool layout = false)
    {
        var offer = new LandingOffer("album", bytes.Length) { IsFolder = true, Bytes = 100, Files = 2, CanStream = streams, Several = layout ? Offered : [], CanResume = streams };
        using var landing = Land(offer, Receive with { MaxEntries = 50 });
        try
        {
            landing.Target.Write(bytes);
            return landing.CommitAsync(default).AsTask().GetAwaiter().GetResult()!;
        }
        finally
        {
            landing.Abandon(keepPart: false);
        }
    }

    private static TestCaseData Case(string name, RawZip? zip, byte[]? bytes = null)
    {
        Func<bool, byte[]> build = streamed => bytes ?? (streamed ? zip!.BuildStreamed() : zip!.Build());
        return new TestCaseData(build).SetArgDisplayNames(name);
    }
}
