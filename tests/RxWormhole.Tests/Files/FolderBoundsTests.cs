using System.Security.Cryptography;
using Microsoft.Reactive.Testing;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Files;

/// <summary>How much a folder of a peer of ours may take: no more than was said, and than there is.</summary>
public sealed class FolderBoundsTests
{
    private VirtualFiles files = null!;

    private ReceiveOptions Receive => new() { Sink = files, Folder = "/in" };

    [SetUp]
    public void MakeFiles()
    {
        files = new VirtualFiles(new TestScheduler());
        files.AddFolder("/in");
    }

    [Test]
    public void WhatStandsBetweenTheContents_CountsForTheSpace()
    {
        files.Quota = 1000;
        Assert.That(() => Land(Offer(1001, 10)), Fails(TransferFault.NoSpace));
        Assert.That(() => Land(Offer(1000, 10)), Throws.Nothing);
    }

    [Test]
    public void MuchMoreThanContents_IsRefusedWhateverSpaceThereIs([Values] bool streams) =>
        Assert.That(() => Land(Offer(10L << 40, 10) with { CanStream = streams }), Fails(TransferFault.NoSpace));

    [Test]
    public void LongDirectory_IsRefusedAndGoesNowhere()
    {
        var entries = RawZip.Of("a", "b").BuildStreamed();
        using var landing = Land(Offer(entries.Length + 1_000_000, 0));
        landing.Target.Write(entries);
        var used = files.Used;
        Assert.That(() => landing.Target.Write(new byte[1000]), Fails(TransferFault.BadFolder));
        Assert.That(files.Used, Is.EqualTo(used).And.LessThan(entries.AsSpan().IndexOf("PK\x01\x02"u8) + 1));
    }

    [Test]
    public void LargestDirectoryOfOurs_IsTaken()
    {
        var layout = new ZipLayout([new ZipItem("large", false, 5L << 30, 0, default), new ZipItem("far", false, 0, 0, default)]);
        var most = Enumerable.Range(0, 2).Sum(i => ZipReader.MostCentralLength(layout.LocalHeader(i)) + 0L) + ZipReader.MostEndLength;
        var length = layout.CentralHeader(0, 0).Length + layout.CentralHeader(1, 0).Length + layout.End().Length;
        Assert.That(length, Is.LessThanOrEqualTo(most));
    }

    [Test]
    public void PartThatIsThere_CountsForTheSpace()
    {
        var bytes = new RawZip().Add(new("a") { Content = new byte[1000] }).Add(new("b") { Content = new byte[1000] }).BuildStreamed();
        files.Quota = bytes.Length;
        var first = Land(Offer(bytes.Length, 2000));
        first.Target.Write(bytes, 0, 1500);
        first.Abandon(keepPart: true);
        using var landing = Land(Offer(bytes.Length, 2000));
        files.AddFile("/in/other", new byte[200]);
        Assert.That(() => Land(Offer(bytes.Length, 2000)), Fails(TransferFault.NoSpace));
        files.Delete("/in/other");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var found = (int)landing.FindAsync(hash, default).AsTask().GetAwaiter().GetResult();
        Assert.That(found, Is.GreaterThan(1400));
        landing.Target.Write(bytes, found, bytes.Length - found);
        landing.CommitAsync(default).AsTask().GetAwaiter().GetResult();
    }

    [Test]
    public void FoldersOnTheWay_CountAsWell()
    {
        var deep = string.Concat(Enumerable.Repeat("d/", 100)) + "x";
        Assert.That(() => Receives(RawZip.Of(deep), 100), Fails(TransferFault.BadFolder));
        Assert.That(() => Receives(RawZip.Of(deep), 101), Throws.Nothing);
        Assert.That(() => Receives(RawZip.Of("a/b/1", "a/b/2", "a/c/", "a/b/"), 7), Throws.Nothing);
    }

    [Test]
    public void AllNamesTogether_HaveAnEnd()
    {
        static RawZip Zip(int count) => RawZip.Of([.. Enumerable.Range(0, count).Select(i => $"{i:d4}{new string('n', 250)}")]);
        Assert.That(() => Receives(Zip(250), 400), Throws.Nothing);
        Assert.That(() => Receives(Zip(300), 400), Fails(TransferFault.BadFolder));
    }

    private void Receives(RawZip zip, int most)
    {
        var bytes = zip.BuildStreamed();
        using var landing = Landing.For(Offer(bytes.Length, 0), Receive with { MaxEntries = most, Existing = ExistingPolicy.Rename }, SeededEntropy.Create(1));
        landing.Target.Write(bytes);
        landing.CommitAsync(default).AsTask().GetAwaiter().GetResult();
    }

    private Landing Land(LandingOffer offer) => Landing.For(offer, Receive, SeededEntropy.Create(1));

    private static LandingOffer Offer(long length, long bytes) =>
        new("album", length) { IsFolder = true, Bytes = bytes, Files = 2, CanStream = true, CanResume = true };

    private static NUnit.Framework.Constraints.IResolveConstraint Fails(TransferFault fault) =>
        Throws.TypeOf<TransferException>().With.Property(nameof(TransferException.Fault)).EqualTo(fault);
}
