namespace RxWormhole.Tests;

public sealed class SystemEntropyTests
{
    [TestCase(16)]
    [TestCase(64)]
    [TestCase(100_000)]
    public void Draw_FillsAllOfIt(int length)
    {
        var drawn = SystemEntropy.Instance.Draw(length);

        // Eight bytes that are all zero come by chance once in 10^19 times.
        Assert.That(drawn.Chunk(8).Where(part => part.All(each => each == 0)), Is.Empty);
    }

    [Test]
    public void TwoDraws_Differ()
    {
        var first = SystemEntropy.Instance.Draw(16);

        Assert.That(SystemEntropy.Instance.Draw(16), Is.Not.EqualTo(first));
    }

    [Test]
    public void NothingToFill_IsFine() => Assert.That(() => SystemEntropy.Instance([]), Throws.Nothing);
}
