using System.Security.Cryptography;
using Microsoft.Reactive.Testing;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Files;

/// <summary>Names that are the same here, or once they are made safe, and were not where they come from: nothing of a folder is lost by that.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class AlikeNamesTests(bool streams)
{
    private VirtualFiles files = null!;

    [SetUp]
    public void MakeFiles()
    {
        files = new VirtualFiles(new TestScheduler());
        files.AddFolder("/in");
    }

    [Test]
    public void NamesThatDifferInCase_StayAsTheyAre()
    {
        Receive(RawZip.Of("README", "readme", "dir/x", "DIR/x"));
        Assert.That(Received, Is.EqualTo(new[] { "", "DIR/", "DIR/x", "README", "dir/", "dir/x", "readme" }));
    }

    [Test]
    public void NamesThatDifferInCase_GetNumbersWhereTheyAreTheSame()
    {
        files.IgnoresCase = true;
        Receive(RawZip.Of("README.txt", "readme.txt", "dir/x", "DIR/x", "dir/y", "DIR/y"));
        Assert.That(Received, Is.EqualTo(new[] { "", "DIR (1)/", "DIR (1)/x", "DIR (1)/y", "README.txt", "dir/", "dir/x", "dir/y", "readme (1).txt" }));
    }

    [Test]
    public void NamesThatAreTheSameOnceMadeSafe_GetNumbers()
    {
        Receive(RawZip.Of("a:b", "a*b", "a_b", "\u00E9", "e\u0301"));
        Assert.That(Received, Is.EqualTo(new[] { "", "a_b", "a_b (1)", "a_b (2)", "e\u0301 (1)", "\u00E9" }));
    }

    [Test]
    public void VeryManyOfThem_AreRefused() =>
        Assert.That(
            () => Receive(RawZip.Of([.. Enumerable.Range(0, 110).Select(i => "a" + new string('\u200E', i))])),
            Throws.TypeOf<TransferException>().With.Property("Fault").EqualTo(TransferFault.BadFolder));

    [Test]
    public void Interrupted_TheSameNumbersAreFoundAgain()
    {
        if (!streams)
            return;
        files.IgnoresCase = true;
        var zip = RawZip.Of("a", "A", "b", "B", "a_b", "a:b");
        var bytes = zip.BuildStreamed();
        for (var length = 1; length < bytes.Length; length += 20)
        {
            var first = Land(bytes);
            first.Target.Write(bytes, 0, length);
            first.Abandon(keepPart: true);
            using var landing = Land(bytes);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var found = (int)landing.FindAsync(hash, default).AsTask().GetAwaiter().GetResult();
            Assert.That(found, Is.GreaterThan(Math.Min(length, bytes.AsSpan().IndexOf("PK\x01\x02"u8)) - 60));
            landing.Target.Write(bytes, found, bytes.Length - found);
            landing.CommitAsync(default).AsTask().GetAwaiter().GetResult();
            Assert.That(Received, Is.EqualTo(new[] { "", "A (1)", "B (1)", "a", "a_b", "a_b (1)", "b" }));
            files.Delete("/in/album");
        }
    }

    private IEnumerable<string> Received => files.Paths.Where(path => path != "/in/").Select(path => path["/in/album/".Length..]);

    private void Receive(RawZip zip)
    {
        var bytes = streams ? zip.BuildStreamed() : zip.Build();
        using var landing = Land(bytes);
        landing.Target.Write(bytes);
        landing.CommitAsync(default).AsTask().GetAwaiter().GetResult();
    }

    private Landing Land(byte[] bytes) => Landing.For(
        new LandingOffer("album", bytes.Length) { IsFolder = true, Bytes = 100, Files = 2, CanStream = streams, CanResume = streams },
        new ReceiveOptions { Sink = files, Folder = "/in" },
        SeededEntropy.Create(1));
}
