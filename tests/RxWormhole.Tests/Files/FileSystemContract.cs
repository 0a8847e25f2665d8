using Microsoft.Reactive.Testing;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Files;

/// <summary>What the library relies on in a file system, on the disk and in memory.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class FileSystemContract(bool isVirtual)
{
    private string root = "/";
    private IFileSink sink = null!;
    private IFileSource source = null!;

    [SetUp]
    public void Make()
    {
        var files = new VirtualFiles(new TestScheduler());
        sink = isVirtual ? files : PhysicalFiles.Default;
        source = isVirtual ? files : PhysicalFiles.Default;
        root = isVirtual ? "/root" : Directory.CreateTempSubdirectory("rxwormhole-").FullName;
        if (isVirtual)
            files.AddFolder(root);
    }

    [TearDown]
    public void Delete() => sink.Delete(root);

    [Test]
    public void NewFile_TakesNobodysPlace()
    {
        Write("a", "first");
        Assert.That(() => sink.Create(At("a")), Throws.InstanceOf<IOException>());
        Assert.That(() => sink.CreateFolder(At("a")), Throws.InstanceOf<IOException>());
        Assert.That(() => sink.Create(At("missing/a")), Throws.InstanceOf<IOException>());
        Assert.That(() => sink.CreateFolder(At("missing/a")), Throws.InstanceOf<IOException>());
        Assert.That(Read("a"), Is.EqualTo("first"));
        Assert.That(sink.Names(root), Is.EqualTo(new[] { "a" }));
        Assert.That(sink.Names(At("missing")), Is.Empty);
    }

    [Test]
    public void OpenFile_IsOnesOwn()
    {
        Write("a", "first");
        using var first = sink.OpenExisting(At("a"));
        Assert.That(() => sink.OpenExisting(At("a")), Throws.InstanceOf<IOException>());
        Assert.That(() => sink.OpenExisting(At("missing")), Throws.InstanceOf<IOException>());
        Assert.That(first.Length, Is.EqualTo(5));
        first.SetLength(3);
        first.Position = 3;
        first.Write("ty"u8);
        first.Dispose();
        Assert.That(Read("a"), Is.EqualTo("firty"));
    }

    [Test]
    public void UnnamedFile_IsNotSeen()
    {
        using var unnamed = sink.CreateUnnamed(root);
        unnamed.Write("content"u8);
        unnamed.Position = 3;
        Assert.That(unnamed.ReadByte(), Is.EqualTo('t'));
        Assert.That(sink.Names(root), Is.Empty);
    }

    [Test]
    public void Moving_ReplacesOnlyFilesAndOnlyIfAsked()
    {
        Write("a", "first");
        Write("b", "second");
        sink.CreateFolder(At("folder"));
        sink.CreateFolder(At("empty"));
        Write("folder/in", "inside");
        Assert.That(() => sink.Move(At("a"), At("b"), overwrite: false), Throws.InstanceOf<IOException>());
        Assert.That(() => sink.Move(At("a"), At("empty"), overwrite: true), Throws.InstanceOf<IOException>());
        Assert.That(() => sink.Move(At("folder"), At("empty"), overwrite: false), Throws.InstanceOf<IOException>());
        Assert.That(() => sink.Move(At("folder"), At("b"), overwrite: false), Throws.InstanceOf<IOException>());
        Assert.That(() => sink.Move(At("missing"), At("c"), overwrite: false), Throws.InstanceOf<IOException>());
        sink.Move(At("a"), At("b"), overwrite: true);
        sink.Move(At("folder"), At("moved"), overwrite: false);
        Assert.That(Read("b"), Is.EqualTo("first"));
        Assert.That(Read("moved/in"), Is.EqualTo("inside"));
        Assert.That(sink.Names(root), Is.EquivalentTo(new[] { "b", "empty", "moved" }));
    }

    [Test]
    public void Deleting_TakesAllAndNothingElse()
    {
        sink.CreateFolder(At("folder"));
        sink.CreateFolder(At("folder/deep"));
        Write("folder/deep/file", "x");
        Write("folder2", "x");
        sink.Delete(At("folder"));
        sink.Delete(At("missing"));
        Assert.That(sink.Names(root), Is.EqualTo(new[] { "folder2" }));
    }

    [Test]
    public void Looking_TellsWhatIsThere()
    {
        Write("a", "first");
        sink.CreateFolder(At("folder"));
        sink.SetMode(At("a"), UnixFileMode.UserRead);
        Assert.That(sink.Look(At("a")), Has.Property("Kind").EqualTo(FileKind.File).And.Property("Length").EqualTo(5).And.Property("Mode").EqualTo(UnixFileMode.UserRead));
        Assert.That(source.Look(At("folder"), followLink: true), Has.Property("Kind").EqualTo(FileKind.Folder).And.Property("Length").Zero);
        Assert.That(source.Look(At("a/b"), followLink: true), Is.Null);
        Assert.That(sink.Look(At("missing/b")), Is.Null);
        Assert.That(source.NameOf(At("folder") + "/"), Is.EqualTo("folder"));
        Assert.That(source.Look(At("folder"), true)!.Identity, Is.EqualTo(source.Look(At("folder/."), true)!.Identity));
    }

    [Test]
    public void WhatIsNew_IsNobodyElses()
    {
        if (OperatingSystem.IsWindows())
            return;
        Write("a", "first");
        sink.CreateFolder(At("folder"));
        const UnixFileMode Others = (UnixFileMode)0b000_111_111;
        Assert.That(sink.Look(At("a")), Has.Property("IsOurs").Not.False);
        Assert.That(sink.Look(At("a"))!.Mode & Others, Is.EqualTo(UnixFileMode.None));
        Assert.That(sink.Look(At("folder"))!.Mode & Others, Is.EqualTo(UnixFileMode.None));
        Assert.That(sink.ModeOfNew(root) & UnixFileMode.UserWrite, Is.EqualTo(UnixFileMode.UserWrite));
        Assert.That(sink.Names(root), Is.EquivalentTo(new[] { "a", "folder" }));
    }

    [Test]
    public void Flushing_TakesFolders()
    {
        sink.CreateFolder(At("folder"));
        Write("folder/a", "first");
        Assert.That(() => sink.Flush(root, whole: true), Throws.Nothing);
        Assert.That(() => sink.Flush(root, whole: false), Throws.Nothing);
        Assert.That(() => sink.Flush(At("missing"), whole: true), Throws.InstanceOf<IOException>());
    }

    private string At(string name) => sink.Join(root, name);

    private void Write(string name, string content)
    {
        using var stream = sink.Create(At(name));
        stream.Write(System.Text.Encoding.UTF8.GetBytes(content));
        stream.Flush();
    }

    private string Read(string name)
    {
        using var reader = new StreamReader(source.OpenRead(At(name)));
        return reader.ReadToEnd();
    }
}
