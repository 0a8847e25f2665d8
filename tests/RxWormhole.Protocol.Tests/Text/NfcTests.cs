using System.Text;
using RxWormhole.Cli;

namespace RxWormhole.Protocol.Tests.Text;

public sealed class NfcTests
{
    private static IEnumerable<TestCaseData> Known() => NfcCases.All.Select(each => new TestCaseData(each.Text, each.Normalized));

    [TestCaseSource(nameof(Known))]
    public void KnownText_IsNormalized(string text, string normalized) =>
        Assert.That(Escaped(Nfc.Normalize(text)), Is.EqualTo(Escaped(normalized)));

    [Test]
    public void EveryCharacterAndPair_IsNormalizedAsIcuDoes()
    {
        if ("e\u0301".Normalize(NormalizationForm.FormC) != "\u00e9")
            Assert.Ignore("This machine has no ICU to compare with; install libicu.");

        var wrong = new List<string>();
        var points = Enumerable.Range(0, 0x110000).Where(point => point is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32).ToArray();
        foreach (var point in points)
        {
            Check(point, wrong);
            Check("e" + point + "\u0323\u0301", wrong);
        }

        // What can be composed at all, with everything it could be composed with.
        var parts = NfcData.Compositions.Keys.Select(pair => char.ConvertFromUtf32(pair.First)).Distinct().ToArray();
        var marks = NfcData.Compositions.Keys.Select(pair => char.ConvertFromUtf32(pair.Second)).Distinct().ToArray();
        foreach (var part in parts)
        {
            foreach (var mark in marks)
            {
                Check(part + mark, wrong);
                Check(part + "\u0323" + mark, wrong);
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [FsCheck.NUnit.Property(MaxTest = 5000)]
    public bool Normalizing_IsDoneInOneStep(int[] numbers)
    {
        var text = new string([.. numbers.Select(number => (char)(number & 0x1FFF)).Where(character => !char.IsSurrogate(character))]);
        return Nfc.Normalize(Nfc.Normalize(text)) == Nfc.Normalize(text);
    }

    [Test]
    public void HalfASurrogatePair_StaysWhereItIs()
    {
        var text = "e\u0301" + (char)0xD834 + "e\u0301" + (char)0xDD5E;
        Assert.That(Escaped(Nfc.Normalize(text)), Is.EqualTo(Escaped("\u00e9" + (char)0xD834 + "\u00e9" + (char)0xDD5E)));
        Assert.That(Escaped(Nfc.Normalize("e\u0301" + (char)0xD834)), Is.EqualTo(Escaped("\u00e9" + (char)0xD834)), "at the end");
    }

    [Test]
    public void LongRunOfMarks_TakesNoQuadraticTime()
    {
        var text = "a" + string.Concat(Enumerable.Repeat("\u0315\u0300", 100_000));
        Assert.That(Nfc.Normalize(text), Has.Length.EqualTo(text.Length - 1));
    }

    private static void Check(string text, List<string> wrong)
    {
        // Code points that Unicode does not assign are refused by string.Normalize on some systems; U+FFFE and U+FFFF are such.
        string expected;
        try
        {
            expected = text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            expected = Nfc.Normalize(text);
        }

        if (Nfc.Normalize(text) != expected && wrong.Count < 20)
            wrong.Add($"{Escaped(text)}: {Escaped(Nfc.Normalize(text))}, not {Escaped(expected)}");
    }

    private static string Escaped(string text) => string.Concat(text.Select(character => $"\\u{(int)character:x4}"));
}
