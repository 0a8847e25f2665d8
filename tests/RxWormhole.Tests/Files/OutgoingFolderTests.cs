using System.IO.Compression;
using Microsoft.Reactive.Testing;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Files;

/// <summary>What becomes of everything that may be in a folder.</summary>
public sealed class OutgoingFolderTests
{
    private VirtualFiles files = null!;

    [SetUp]
    public void MakeFiles()
    {
        files = new VirtualFiles(new TestScheduler());
        files.AddFile("/album/a", "first"u8);
        files.AddFile("/album/z", "last"u8);
    }

    private SendOptions Options => new() { Source = files };

    [Test]
    public void Entries_AreInTheOrderOfTheirNames()
    {
        files.AddFile("/album/B/x", "x"u8);
        files.AddFile("/album/b", "b"u8);
        files.AddFolder("/album/empty");
        Assert.That(EntriesOf(Outgoing.Of("/album/", Options)), Is.EqualTo(new[] { "B/x", "a", "b", "empty/", "z" }));
    }

    [Test]
    public void Links_AreFollowedSkippedOrRefused()
    {
        files.AddFile("/elsewhere/file", "linked"u8);
        files.AddLink("/album/file", "../elsewhere/file");
        files.AddLink("/album/folder", "/elsewhere");
        var followed = Outgoing.Of("/album", Options);
        Assert.That(EntriesOf(followed), Is.EqualTo(new[] { "a", "file", "folder/file", "z" }));
        var skipped = Outgoing.Of("/album", Options with { Links = LinkPolicy.Skip });
        Assert.That(EntriesOf(skipped), Is.EqualTo(new[] { "a", "z" }));
        Assert.That(skipped.Skipped.Select(each => each.Path), Is.EqualTo(new[] { "/album/file", "/album/folder" }));
        Assert.That(() => Outgoing.Of("/album", Options with { Links = LinkPolicy.Fail }), BadSource);
    }

    [Test]
    public void LinksThatLeadInCircles_AreLeftOut()
    {
        files.AddFile("/album/deep/file", "x"u8);
        files.AddLink("/album/deep/up", "..");
        files.AddLink("/album/self", ".");
        files.AddLink("/album/other", "/other");
        files.AddLink("/other/back", "/album");
        var outgoing = Outgoing.Of("/album", Options);
        Assert.That(EntriesOf(outgoing), Is.EqualTo(new[] { "a", "deep/file", "other/", "z" }));
        Assert.That(outgoing.Skipped.Select(each => each.Path), Is.EqualTo(new[] { "/album/deep/up", "/album/other/back", "/album/self" }));
    }

    [Test]
    public void LinksThatMultiply_HaveAnEnd()
    {
        // 2^30 files for who goes into each.
        for (var i = 0; i < 30; i++)
        {
            files.AddLink($"/f{i}/x", $"/f{i + 1}");
            files.AddLink($"/f{i}/y", $"/f{i + 1}");
        }

        files.AddFile("/f30/file", "x"u8);
        var scan = new FolderScan(Options, mostEntries: 1000);
        Assert.That(() => scan.AddFolder("/f0", files.Look("/f0")!, ""), BadSource);
    }

    [Test]
    public void LinksThatLeadNowhereOrRoundAndRound_CannotBeRead()
    {
        files.AddLink("/album/nowhere", "missing");
        files.AddLink("/album/round", "round");
        Assert.That(() => Outgoing.Of("/album", Options), BadSource);
        var outgoing = Outgoing.Of("/album", Options with { Unreadable = EntryPolicy.Skip });
        Assert.That(EntriesOf(outgoing), Is.EqualTo(new[] { "a", "z" }));
        Assert.That(outgoing.Skipped, Has.Count.EqualTo(2));
    }

    [Test]
    public void Pipes_AreSkippedOrRefusedAndNeverOpened()
    {
        files.AddSpecial("/album/pipe");
        files.AddLink("/album/to pipe", "pipe");
        var outgoing = Outgoing.Of("/album", Options);
        Assert.That(EntriesOf(outgoing), Is.EqualTo(new[] { "a", "z" }));
        Assert.That(outgoing.Skipped.Select(each => each.Path), Is.EqualTo(new[] { "/album/pipe", "/album/to pipe" }));
        Assert.That(() => Outgoing.Of("/album", Options with { Specials = EntryPolicy.Fail }), BadSource);
        Assert.That(() => Outgoing.Of("/album/pipe", Options), BadSource);
    }

    [Test]
    public void UnreadableThings_AreRefusedOrSkipped()
    {
        files.AddFile("/album/locked/file", "x"u8);
        files.Forbid("/album/locked");
        files.AddFile("/album/secret", "x"u8);
        files.Forbid("/album/secret");
        Assert.That(() => Outgoing.Of("/album", Options), BadSource);
        var outgoing = Outgoing.Of("/album", Options with { Unreadable = EntryPolicy.Skip });
        Assert.That(EntriesOf(outgoing), Is.EqualTo(new[] { "a", "z" }));
        Assert.That(outgoing.Skipped.Select(each => each.Path), Is.EqualTo(new[] { "/album/locked", "/album/secret" }));
        Assert.That(() => Outgoing.Of("/album/locked", Options with { Unreadable = EntryPolicy.Skip }), BadSource);
        Assert.That(files.Open, Is.Zero);
    }

    [Test]
    public void NamesThatReceiversRefuse_AreRefusedOrSkippedBeforeAnythingIsSaid()
    {
        files.AddFile("/album/a_b", "x"u8);
        files.AddFile("/album/a\\b", "x"u8);
        files.AddFile("/album/deep/...", "x"u8);
        files.AddFile("/album/deep/C:", "x"u8);
        Assert.That(() => Outgoing.Of("/album", Options), BadSource);
        var outgoing = Outgoing.Of("/album", Options with { BadNames = EntryPolicy.Skip });
        Assert.That(EntriesOf(outgoing), Is.EqualTo(new[] { "a", "a_b", "deep/C:", "z" }));
        Assert.That(outgoing.Skipped.Select(each => each.Path), Is.EqualTo(new[] { "/album/a_b", "/album/deep/..." }));
        Assert.That(() => Outgoing.Of(["/album/a", "/album/deep/..."], Options), BadSource);
    }

    [Test]
    public void RestsOfTransfers_AreSkipped()
    {
        files.AddFile("/album/x.01234567.rxwormhole-part", "x"u8);
        files.AddFile("/album/y.01234567.RXWORMHOLE-TMP/tree/y", "x"u8);
        var outgoing = Outgoing.Of("/album", Options);
        Assert.That(EntriesOf(outgoing), Is.EqualTo(new[] { "a", "z" }));
        Assert.That(outgoing.Skipped, Has.Count.EqualTo(2));
    }

    [Test]
    public void NamesThatDifferInCase_AreBothSent()
    {
        files.AddFile("/album/A", "x"u8);
        Assert.That(EntriesOf(Outgoing.Of("/album", Options)), Is.EqualTo(new[] { "A", "a", "z" }));

        // Several that a receiver may not be able to put side by side are one folder.
        Assert.That(Outgoing.Of(["/album/a", "/album/A"], Options).Several, Is.Empty);
        Assert.That(Outgoing.Of(["/album/a", "/album/z"], Options).Several, Has.Length.EqualTo(2));
    }

    [Test]
    public void FileInAFolderThatChanges_EndsIt()
    {
        var outgoing = Outgoing.Of("/album", Options);
        files.AddFile("/album/z", "longer"u8);
        Assert.That(() => EntriesOf(outgoing), Throws.TypeOf<TransferException>().With.Property("Fault").EqualTo(TransferFault.SourceChanged));
        Assert.That(files.Open, Is.Zero);
    }

    [Test]
    public void SeveralPathsWithOneName_AreRefused()
    {
        files.AddFile("/other/a", "x"u8);
        Assert.That(() => Outgoing.Of(["/album/a", "/other/a"], Options), Fails(TransferFault.SameName));
        Assert.That(() => Outgoing.Of([], Options), Throws.ArgumentException);
        Assert.That(Outgoing.Of(["/album/a"], Options).IsFolder, Is.False);
        Assert.That(() => Outgoing.Of("/", Options), BadSource);
    }

    [Test]
    public void MoreEntriesThanAnOldZipFileMayHave_AreAllThere()
    {
        for (var i = 0; i < 70_000; i++)
            files.AddFile($"/many/{i:d5}", []);
        Assert.That(EntriesOf(Outgoing.Of("/many", Options)), Has.Count.EqualTo(70_000));
    }

    [Test]
    public void Backslash_WhichNoReceiverTakes_IsReplaced()
    {
        files.AddFile("/album/b\\c", "x"u8);
        Assert.That(EntriesOf(Outgoing.Of("/album", Options)), Is.EqualTo(new[] { "a", "b_c", "z" }));
    }

    private static NUnit.Framework.Constraints.IResolveConstraint BadSource => Fails(TransferFault.BadSource);

    private static NUnit.Framework.Constraints.IResolveConstraint Fails(TransferFault fault) =>
        Throws.TypeOf<TransferException>().With.Property(nameof(TransferException.Fault)).EqualTo(fault);

    private static IReadOnlyList<string> EntriesOf(Outgoing outgoing)
    {
        using var all = new MemoryStream();
        using (var content = outgoing.Open())
            content.CopyTo(all);
        Assert.That(all.Length, Is.EqualTo(outgoing.Length));
        using var zip = new ZipArchive(all);
        Assert.That(zip.Entries.Sum(entry => entry.Length), Is.EqualTo(outgoing.Bytes));
        return [.. zip.Entries.Select(entry => entry.FullName)];
    }
}
