using FsCheck;
using FsCheck.Fluent;

namespace RxWormhole.Protocol.Tests.Codes;

public sealed class CodeTextTests
{
    [TestCase("7-crossover-clockwork", "7-crossover-clockwork")]
    [TestCase("  7-crossover-clockwork\t", "7-crossover-clockwork")]
    [TestCase("7-Crossover-CLOCKWORK", "7-crossover-clockwork")]
    [TestCase("7 crossover clockwork", "7-crossover-clockwork")]
    [TestCase("7\tcrossover\u00A0clockwork", "7-crossover-clockwork")]
    [TestCase("7 - crossover -  clockwork", "7-crossover-clockwork")]
    [TestCase("7-crossover--clockwork", "7-crossover-clockwork")]
    [TestCase("7-crossoverclockwork", "7-crossover-clockwork")]
    [TestCase("7crossoverclockwork", "7-crossover-clockwork")]
    [TestCase("7 CrossoverClockwork", "7-crossover-clockwork")]
    [TestCase("7\u2011crossover\u2013clockwork", "7-crossover-clockwork")]
    [TestCase("\uFEFF7-cross\u00ADover-clock\u200Bwork\u00A0", "7-crossover-clockwork")]
    [TestCase("7-crossover-clockwork-", "7-crossover-clockwork")]
    [TestCase("004-crossover", "004-crossover")]
    [TestCase("12-a-b-c", "12-a-b-c")]
    [TestCase("12-My Own Words", "12-My-Own-Words")]
    [TestCase("12 My-Own  Words", "12-My-Own-Words")]
    [TestCase("12-My -Own- Words", "12-My-Own-Words")]
    [TestCase("12-Straße", "12-Straße")]
    [TestCase("4-Crossover-mine", "4-Crossover-mine")]
    [TestCase("4--", "4--")]
    [TestCase("4- -", "4--")]
    [TestCase("0-", "0-")]
    [TestCase("4", "4")]
    [TestCase(" 4 ", "4")]
    [TestCase("4four", "4four")]
    [TestCase("", "")]
    [TestCase("crossover-clockwork", "crossover-clockwork")]
    [TestCase("Hello World", "Hello World")]
    public void WhatWasTyped_BecomesWhatWasMeant(string typed, string meant) =>
        Assert.That(CodeText.Normalize(typed), Is.EqualTo(meant));

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public bool CodeOfListedWords_SurvivesWhateverHappensToItsHyphensAndLetters(ushort nameplate, byte[] random, bool upper, byte separator)
    {
        if (random.Length == 0)
            return true;
        var words = WordList.Choose(random.AsSpan(0, Math.Min(16, random.Length)));
        var typed = words.Replace("-", new[] { "-", " ", "", " - ", "\u2014" }[separator % 5], StringComparison.Ordinal);
        return CodeText.Normalize($" {nameplate}-{(upper ? typed.ToUpperInvariant() : typed)} ") == $"{nameplate}-{words}";
    }

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public bool OwnWords_AreNeverChanged(PositiveInt nameplate, NonEmptyString text)
    {
        var own = new string([.. text.Get.Where(char.IsAsciiLetter)]) + "Q";
        var code = $"{nameplate.Get}-{own}-{own}";
        return CodeText.Normalize(code) == code;
    }

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public bool Normalizing_IsDoneInOneStep(string? text) =>
        text is null || CodeText.Normalize(CodeText.Normalize(text)) == CodeText.Normalize(text);

    [Test]
    public void LongText_IsReadInLinearTime()
    {
        var text = "7-" + string.Concat(Enumerable.Repeat("crossover", 100_000)) + "x";
        Assert.That(CodeText.Normalize(text), Is.EqualTo(text));
    }
}
