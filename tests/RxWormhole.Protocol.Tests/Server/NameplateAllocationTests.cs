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
            var name = NameplateAllocation.Choose(taken.Contains, i * 7919)!;
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
        var chosen = Enumerable.Range(0, 9).Select(i => NameplateAllocation.Choose(_ => false, (ulong)i));
        Assert.That(chosen, Is.EquivalentTo(Enumerable.Range(1, 9).Select(i => i.ToString(CultureInfo.InvariantCulture))));
        Assert.That(NameplateAllocation.Choose(name => name != "7", ulong.MaxValue), Is.EqualTo("7"));
    }

    [TestCase(0UL, "1000")]
    [TestCase(8999UL, "9999")]
    [TestCase(9000UL, "1000")]
    [TestCase(4242UL, "5242")]
    public void BeyondThreeDigits_TheFirstFreeNameAfterARandomPlaceIsTaken(ulong random, string name)
    {
        Assert.That(NameplateAllocation.Choose(taken => taken.Length < 4, random), Is.EqualTo(name));
        Assert.That(NameplateAllocation.Choose(taken => taken.Length < 4 || taken != "1000", random), Is.EqualTo("1000"), "it goes round");
    }

    [Test]
    public void LongNames_GoOnUpToNineDigits() =>
        Assert.That(NameplateAllocation.Choose(taken => taken.Length < 9 && taken.Length > 3 || taken.Length < 4, 5), Is.EqualTo("100000005"));
}
