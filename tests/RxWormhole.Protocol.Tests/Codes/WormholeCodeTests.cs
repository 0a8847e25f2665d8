using System.Text.Json.Nodes;
using RxWormhole.Tests;

namespace RxWormhole.Protocol.Tests.Codes;

public sealed class WormholeCodeTests
{
    private static IEnumerable<TestCaseData> Codes() => Vectors.Cases("codes.json");

    [TestCaseSource(nameof(Codes))]
    public void Vector_IsAcceptedOrNot(JsonNode vector)
    {
        var input = vector["input"].Text();
        var expected = (string?)vector["recommended"] switch
        {
            "reject" => false,
            null => (bool)vector["accept"]!,
            var other => throw new InvalidDataException($"unknown recommendation {other}"),
        };

        if (vector["api"].Text() == "choose_nameplate")
        {
            Assert.That(WormholeCode.IsNameplate(input), Is.EqualTo(expected));
            return;
        }

        var accepted = WormholeCode.TryParse(input, out var nameplate, out var reason);
        Assert.That(accepted, Is.EqualTo(expected));
        Assert.That(nameplate, Is.EqualTo(expected ? vector["nameplate"].Text() : null));
        Assert.That(reason is null, Is.EqualTo(expected));
    }

    [TestCase(null, "is empty")]
    [TestCase("", "is empty")]
    [TestCase("4-foo bar", "contains a space")]
    [TestCase("secretword", "has no hyphen")]
    [TestCase("x4-secretword", "does not begin with a number")]
    [TestCase("-secretword", "does not begin with a number")]
    public void Refusal_SaysWhatACodeLooksLikeAndNothingOfTheCode(string? code, string why)
    {
        Assert.That(WormholeCode.TryParse(code, out _, out var reason), Is.False);
        Assert.That(reason, Does.Contain("4-purple-sausages").And.Contain(why).And.Not.Contain("secretword"));
    }

    [Test]
    public void HalfASurrogatePair_IsNamedAsSuch()
    {
        Assert.That(WormholeCode.TryParse("4-\ud800", out _, out var reason), Is.False);
        Assert.That(reason, Does.Contain("not valid Unicode"));
    }

    [Test]
    public void NameplateOf41Digits_IsRefusedBeforeAServerDropsTheConnection()
    {
        var longest = new string('1', WormholeCode.MaxNameplateLength);
        Assert.Multiple(() =>
        {
            Assert.That(WormholeCode.TryParse(longest + "-a", out _, out _), Is.True);
            Assert.That(WormholeCode.TryParse(longest + "1-a", out _, out var reason), Is.False);
            Assert.That(reason, Does.Contain("40"));
            Assert.That(WormholeCode.IsNameplate(longest), Is.True);
            Assert.That(WormholeCode.IsNameplate(longest + "1"), Is.False);
        });
    }

    // As UTF-16 units, because an attribute's text cannot hold half a pair.
    [TestCase(true, 0xD83D, 0xDE48)]
    [TestCase(true, 0xFFFD)]
    [TestCase(false, 0xFFFD, 0xD83D)]
    [TestCase(false, 0xD83D)]
    [TestCase(false, 0xDE48, 0xD83D)]
    [TestCase(false, 0x61, 0xDE48)]
    [TestCase(false, 0x61, 0xD83D, 0x62)]
    [TestCase(false, 0xD83D, 0xDE48, 0xDE48)]
    public void HalfACharacter_IsNoCode(bool accepted, params int[] units)
    {
        var words = new string([.. units.Select(unit => (char)unit)]);
        Assert.Multiple(() =>
        {
            Assert.That(WormholeCode.TryParse("4-secretword" + words, out _, out var reason), Is.EqualTo(accepted));
            Assert.That(reason, accepted ? Is.Null : Does.Contain("4-purple-sausages").And.Not.Contain("secretword"));
            Assert.That(WormholeCode.AreWords(words), Is.EqualTo(accepted));
        });
    }

    [TestCase("a-b", true)]
    [TestCase("", true)]
    [TestCase("a b", false)]
    [TestCase(null, false)]
    public void Words_AreCheckedLikeTheCodeTheyComplete(string? words, bool accepted) =>
        Assert.That(WormholeCode.AreWords(words), Is.EqualTo(accepted));

    [Test]
    public void Join_PutsACodeTogetherOrSaysWhichHalfIsWrong()
    {
        Assert.Multiple(() =>
        {
            Assert.That(WormholeCode.Join("004", "a-b"), Is.EqualTo("004-a-b"));
            Assert.That(() => WormholeCode.Join("x", "a-b"), Throws.ArgumentException.With.Property("ParamName").EqualTo("nameplate"));
            Assert.That(() => WormholeCode.Join("4", "a b"), Throws.ArgumentException.With.Property("ParamName").EqualTo("words"));
        });
    }
}
