namespace RxWormhole.Testing.Tests;

public sealed class SeededEntropyTests
{
    [Test]
    public void SameSeedAndName_GiveTheSameBytes()
    {
        foreach (var name in new[] { "", "alice" })
        {
            var (once, again) = (Draw(SeededEntropy.Create(7, name), 100), Draw(SeededEntropy.Create(7, name), 100));
            Assert.That(again, Is.EqualTo(once));
        }

        Assert.That(Draw(SeededEntropy.Create(7, ""), 32), Is.EqualTo(Draw(SeededEntropy.Create(7), 32)));
    }

    [Test]
    public void Bytes_DoNotChangeFromVersionToVersion() =>
        Assert.That(Convert.ToHexStringLower(Draw(SeededEntropy.Create(1), 8)), Is.EqualTo(Convert.ToHexStringLower(System.Security.Cryptography.SHA512.HashData([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]))[..16]));

    [Test]
    public void NoBlockComesTwice_NeitherInASourceNorInAnother()
    {
        // "Aa" and "BB" have the same hash in the usual way of computing one.
        var sources = new[] { SeededEntropy.Create(0), SeededEntropy.Create(1), SeededEntropy.Create(-1), SeededEntropy.Create(0, "Aa"), SeededEntropy.Create(0, "BB"), SeededEntropy.Create(1, "Aa") };
        var blocks = sources.SelectMany(source => Enumerable.Range(0, 200).Select(_ => Convert.ToHexString(Draw(source, 32)))).ToArray();
        Assert.That(blocks, Is.Unique);
    }

    [Test]
    public void AnyLength_IsFilledToTheEnd()
    {
        var long1 = Draw(SeededEntropy.Create(3), 1000);
        Assert.That(long1.Chunk(50).Select(Convert.ToHexString), Is.Unique);
        Assert.That(Draw(SeededEntropy.Create(3), 0), Is.Empty);
    }

    [Test]
    public void SeveralThreads_NeverGetTheSame()
    {
        var source = SeededEntropy.Create(3);
        var blocks = new UInt128[200_000];
        Parallel.For(0, blocks.Length, i => blocks[i] = System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(Draw(source, 32)));
        Assert.That(blocks.Distinct().Count(), Is.EqualTo(blocks.Length));
    }

    [Test]
    public void OfNoName_IsRefused() => Assert.That(() => SeededEntropy.Create(1, null!), Throws.ArgumentNullException);

    private static byte[] Draw(Entropy entropy, int length)
    {
        var bytes = new byte[length];
        entropy(bytes);
        return bytes;
    }
}
