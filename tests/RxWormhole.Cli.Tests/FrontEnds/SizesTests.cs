namespace RxWormhole.Cli.Tests.FrontEnds;

/// <summary>Numbers as people read them.</summary>
public sealed class SizesTests
{
    [TestCase(0, "0 bytes")]
    [TestCase(1, "1 byte")]
    [TestCase(999, "999 bytes")]
    [TestCase(1000, "1.0 kB")]
    [TestCase(12_345, "12.3 kB")]
    [TestCase(999_949, "999.9 kB")]
    [TestCase(999_960, "1.0 MB")]
    [TestCase(1_234_567, "1.2 MB")]
    [TestCase(long.MaxValue, "9.2 EB")]
    public void Bytes_HaveAUnit(long bytes, string expected) => Assert.That(Sizes.Of(bytes), Is.EqualTo(expected));

    [Test]
    public void RateBelowAByte_IsNone() => Assert.That(Sizes.Of(0.4), Is.EqualTo("0 bytes"));

    [TestCase(0, "0:00")]
    [TestCase(7, "0:07")]
    [TestCase(125, "2:05")]
    [TestCase(3723, "1:02:03")]
    [TestCase(90_000, "25:00:00")]
    [TestCase(864_000, "10 days")]
    public void Duration_IsAClocks(int seconds, string expected) => Assert.That(Sizes.Of(TimeSpan.FromSeconds(seconds)), Is.EqualTo(expected));

    [TestCase(0.2, "1 s")]
    [TestCase(3.4, "4 s")]
    [TestCase(600, "10 min")]
    [TestCase(9000, "2.5 h")]
    public void Pause_IsInWords(double seconds, string expected) => Assert.That(Sizes.Pause(TimeSpan.FromSeconds(seconds)), Is.EqualTo(expected));

    [Test]
    public void LongestDuration_IsWritten() => Assert.That(Sizes.Of(TimeSpan.MaxValue), Does.EndWith(" days"));
}
