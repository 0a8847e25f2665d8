namespace RxWormhole.Cli.Tests.FrontEnds;

/// <summary>What others send does nothing to a terminal.</summary>
public sealed class SafeTextTests
{
    [TestCase("plain – ünïcödé 日本", "plain – ünïcödé 日本")]
    [TestCase("a\e[31mb", @"a\u{1b}[31mb")]
    [TestCase("a\r\nb\tc", @"a\u{d}\u{a}b\tc")]
    [TestCase("\u202egpj.exe", @"\u{202e}gpj.exe")]
    [TestCase("\u0085\u009b2J\u007f\0", @"\u{85}\u{9b}2J\u{7f}\u{0}")]
    [TestCase("\u2028\u2029\u200b\ufeff", @"\u{2028}\u{2029}\u{200b}\u{feff}")]
    [TestCase("\U000e0041", @"\u{e0041}")]
    public void Line_HasNothingInvisible(string text, string expected) => Assert.That(SafeText.Line(text), Is.EqualTo(expected));

    [Test]
    public void HalfASurrogatePair_IsReplaced() => Assert.That(SafeText.Line("a\ud800b"), Is.EqualTo("a\ufffdb"));

    [TestCase("one\n\ttwo\r\nthree", "one\n\ttwo\nthree")]
    [TestCase("over\rwritten\e]0;title\a", @"over\u{d}written\u{1b}]0;title\u{7}")]
    public void Block_KeepsLinesAndTabs(string text, string expected) => Assert.That(SafeText.Block(text), Is.EqualTo(expected));

    [Test]
    public void LongText_IsCut()
    {
        Assert.That(SafeText.Line(new string('x', 1_000_000)), Is.EqualTo(new string('x', 500) + "…"));
        Assert.That(SafeText.Line(new string('\e', 1_000_000)), Has.Length.LessThan(520));
        Assert.That(SafeText.Block(new string('x', 3000), 2000), Has.Length.EqualTo(2001));
    }
}
