namespace RxWormhole.Protocol.Tests.Messages;

public sealed class PhaseAndMoodTests
{
    [TestCase("0", true, 0)]
    [TestCase("10", true, 10)]
    [TestCase("2147483647", true, int.MaxValue)]
    [TestCase("2147483648", true, null)]
    [TestCase("99999999999999999999", true, null)]
    [TestCase("00", true, null)]
    [TestCase("01", true, null)]
    [TestCase("", false, null)]
    [TestCase("-1", false, null)]
    [TestCase("+1", false, null)]
    [TestCase(" 1", false, null)]
    [TestCase("1.0", false, null)]
    [TestCase("\u0664", false, null)]
    [TestCase("dilate-0", false, null)]
    public void Phase_IsANumberOnlyAsWeWouldWriteIt(string phase, bool numeric, int? number)
    {
        Assert.Multiple(() =>
        {
            Assert.That(Phase.IsNumeric(phase), Is.EqualTo(numeric));
            Assert.That(Phase.TryGetNumber(phase, out var found) ? found : (int?)null, Is.EqualTo(number));
        });
    }

    [Test]
    public void PhaseOfANumber_IsItsDigits()
    {
        Assert.That(Phase.Of(12), Is.EqualTo("12"));
        Assert.That(() => Phase.Of(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void EveryMood_HasItsWord()
    {
        Assert.That(Enum.GetValues<Mood>().Select(mood => mood.ToWire()), Is.EqualTo(new[] { "lonely", "happy", "scary", "errory", "unwelcome" }));
        foreach (var mood in Enum.GetValues<Mood>())
            Assert.That(MoodText.TryParse(mood.ToWire(), out var read) ? read : (Mood?)null, Is.EqualTo(mood));
        Assert.Multiple(() =>
        {
            Assert.That(MoodText.TryParse("pruney", out _), Is.False);
            Assert.That(MoodText.TryParse(null, out _), Is.False);
            Assert.That(() => ((Mood)99).ToWire(), Throws.InstanceOf<ArgumentOutOfRangeException>());
        });
    }
}
