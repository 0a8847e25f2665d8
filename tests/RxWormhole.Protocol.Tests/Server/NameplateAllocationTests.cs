using System.Globalization;

namespace RxWormhole.Protocol.Tests.Server;

public sealed class NameplateAllocationTests
{
    [Test]
    public void ShortestLengthWithAFreeName_Wins()
    {
        var taken = new SortedSet<string>(StringComparer.Ordinal);
        var lengths = new List<int>();
        for (ulong i = 0; i < 1100; i++)
        {
            var name = NameplateAllocation.Choose(Count(taken), taken.Contains, i * 7919)!;
            Assert.That(taken.Add(name), Is.True, "given out twice");
            lengths.Add(name.Length);
        }

        Assert.Multiple(() =>
        {
            Assert.That(lengths, Is.Ordered);
            Assert.That(lengths.GroupBy(length => length).Select(group => group.Count()), Is.EqualTo(new[] { 9, 90, 900, 101 }));
            Assert.That(taken, Does.Not.Contain("0").And.All.Matches("^[1-9]"));
        });
    }

    [Test]
    public void WithinALength_EveryFreeNameIsReachedByTheRandomBits()
    {
        var chosen = Enumerable.Range(0, 9).Select(i => NameplateAllocation.Choose(_ => 0, _ => false, (ulong)i));
        Assert.That(chosen, Is.EquivalentTo(Enumerable.Range(1, 9).Select(i => i.ToString(CultureInfo.InvariantCulture))));
        Assert.That(NameplateAllocation.Choose(_ => 8, name => name != "7", ulong.MaxValue), Is.EqualTo("7"));
    }

    [Test]
    public void HalfFull_TheFreeNamesAreEquallyLikely()
    {
        // 5 of 9 are taken; each of the others should be drawn about one time in four.
        var taken = new[] { "1", "2", "3", "4", "5" };
        var chosen = Enumerable.Range(0, 4000)
            .Select(i => NameplateAllocation.Choose(digits => digits == 1 ? 5 : 0, taken.Contains, unchecked((ulong)i * 0x9E3779B97F4A7C15)))
            .GroupBy(name => name).ToDictionary(group => group.Key!, group => group.Count());
        Assert.That(chosen.Keys, Is.EquivalentTo(new[] { "6", "7", "8", "9" }));
        Assert.That(chosen.Values, Is.All.InRange(850, 1150));
    }

    [Test]
    public void OneNameIsLeft_ItIsFoundWhateverTheRandomBits()
    {
        for (ulong random = 0; random < 200; random++)
            Assert.That(NameplateAllocation.Choose(digits => digits < 3 ? 9 * (digits == 1 ? 1 : 10) : 899, name => name != "431", random), Is.EqualTo("431"));
    }

    [Test]
    public void CountThatIsWrong_EndsWithNothingGivenOut() => Assert.That(NameplateAllocation.Choose(_ => 0, _ => true, 3), Is.Null);

    [Test]
    public void EverythingIsTaken_NothingIsGivenOut() => Assert.That(NameplateAllocation.Choose(_ => long.MaxValue, _ => true, 3), Is.Null);

    [Test]
    public void LongNames_GoOnUpToNineDigits() =>
        Assert.That(NameplateAllocation.Choose(digits => digits < 9 ? long.MaxValue : 0, _ => false, 5), Is.EqualTo("100000005"));

    private static Func<int, long> Count(SortedSet<string> taken) => digits => taken.Count(name => name.Length == digits && name[0] != '0');
}
