using System.Diagnostics;

namespace RxWormhole.Tests.Files;

public sealed class OutgoingTests : DiskFixture
{
    [Test]
    public void File_IsSentAsItIs()
    {
        var outgoing = Outgoing.Of(Write("a b.txt", "content"));
        Assert.Multiple(() =>
        {
            Assert.That(outgoing.Name, Is.EqualTo("a b.txt"));
            Assert.That(outgoing.IsFolder, Is.False);
            Assert.That(outgoing.Length, Is.EqualTo(7));
            Assert.That(outgoing.Bytes, Is.EqualTo(7));
            Assert.That(outgoing.Files, Is.EqualTo(1));
            Assert.That(outgoing.Skipped, Is.Empty);
            Assert.That(ReadAll(outgoing), Is.EqualTo("content"u8.ToArray()));
            Assert.That(ReadAll(outgoing), Is.EqualTo("content"u8.ToArray()));
        });
    }

    [Test]
    public void EmptyFile_HasNothingToSend() => Assert.That(ReadAll(Outgoing.Of(Write("empty", ""))), Is.Empty);

    [Test]
    public void LinkToAFile_IsSentAsTheFile()
    {
        File.CreateSymbolicLink(Path.Join(From, "link"), Write("file", "content"));
        var outgoing = Outgoing.Of(Path.Join(From, "link"), new SendOptions { Links = LinkPolicy.Fail });
        Assert.That(outgoing.Name, Is.EqualTo("link"));
        Assert.That(ReadAll(outgoing), Is.EqualTo("content"u8.ToArray()));
    }

    [TestCase("shorter")]
    [TestCase("content and more")]
    [TestCase("CONTENT of")]
    public void FileThatChangesBefore_IsNotSent(string now)
    {
        var path = Write("file", "content of");
        var outgoing = Outgoing.Of(path);
        File.WriteAllText(path, now);
        File.SetLastWriteTimeUtc(path, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.That(() => ReadAll(outgoing), Fails(TransferFault.SourceChanged));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void FileThatChangesMeanwhile_IsNeverSentToItsEnd(bool grows)
    {
        var path = Write("file", new string('x', 100));
        using var stream = Outgoing.Of(path).Open();
        Assert.That(stream.Read(new byte[60]), Is.EqualTo(60));
        if (grows)
            File.AppendAllText(path, "more");
        else
            File.WriteAllText(path, "less");
        Assert.That(() => stream.Read(new byte[60]), Fails(TransferFault.SourceChanged));
    }

    [Test]
    public void FileThatIsGone_CannotBeSent()
    {
        var path = Write("file", "content");
        var outgoing = Outgoing.Of(path);
        File.Delete(path);
        Assert.That(() => ReadAll(outgoing), Fails(TransferFault.SourceChanged));
        Assert.That(() => Outgoing.Of(path), Fails(TransferFault.BadSource));
    }

    [Test]
    public void PipesAndDevices_AreRefusedWithoutWaiting()
    {
        var fifo = MakeFifo("fifo");
        Assert.That(() => Outgoing.Of(fifo), Fails(TransferFault.BadSource));
        Assert.That(() => Outgoing.Of("/dev/zero"), Fails(TransferFault.BadSource));
        File.CreateSymbolicLink(Path.Join(From, "link"), fifo);
        Assert.That(() => Outgoing.Of(Path.Join(From, "link")), Fails(TransferFault.BadSource));
    }

    private string MakeFifo(string name)
    {
        var path = Path.Join(From, name);
        using var process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero);
        return path;
    }

    private static byte[] ReadAll(Outgoing outgoing)
    {
        using var stream = outgoing.Open();
        using var all = new MemoryStream();
        stream.CopyTo(all);
        Assert.That(all.Length, Is.EqualTo(outgoing.Length));
        return all.ToArray();
    }
}
