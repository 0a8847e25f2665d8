namespace RxWormhole.Testing.Tests;

public sealed class DiceTests
{
    private static int[] Numbers(Dice dice) => [.. Enumerable.Range(0, 20).Select(_ => dice.Next(1000))];

    [Test]
    public void SameSeedAndName_SameChoices()
    {
        var (one, other) = (new Dice(7, "a"), new Dice(7, "a"));
        Assert.That(Numbers(one), Is.EqualTo(Numbers(other)));
    }

    [Test]
    public void Choices_AreTheSameOnEveryMachine()
    {
        var dice = new Dice(1);
        Assert.That(new[] { dice.Next(100), dice.Between(-5, 5), dice.Next(int.MaxValue) }, Is.EqualTo(Known));
    }

    [Test]
    public void AnotherSeedOrName_OtherChoices()
    {
        var all = new[] { Numbers(new Dice(7)), Numbers(new Dice(8)), Numbers(new Dice(-7)), Numbers(new Dice(7, "a")), Numbers(new Dice(7, "b")) };
        Assert.That(all.Select(numbers => string.Join(' ', numbers)).ToArray(), Is.Unique);
    }

    [Test]
    public void Ranges_AreReachedToBothEnds()
    {
        var dice = new Dice(3);
        Assert.That(Enumerable.Range(0, 200).Select(_ => dice.Next(3)).Distinct().Order().ToArray(), Is.EqualTo(new[] { 0, 1, 2 }));
        Assert.That(Enumerable.Range(0, 200).Select(_ => dice.Between(-1, 1)).Distinct().Order().ToArray(), Is.EqualTo(new[] { -1, 0, 1 }));
        var (least, most) = (TimeSpan.FromMilliseconds(-1), TimeSpan.FromMilliseconds(1));
        Assert.That(Enumerable.Range(0, 200).Select(_ => dice.Between(least, most)).Distinct().Order().ToArray(), Is.EqualTo(new[] { least, TimeSpan.Zero, most }));
        Assert.That(Enumerable.Range(0, 200).Select(_ => dice.Pick("abc".ToCharArray())).Distinct().Order().ToArray(), Is.EqualTo("abc"));
        Assert.That((dice.Next(1), dice.Between(4, 4), dice.Between(most, most), dice.Between(int.MaxValue, int.MaxValue)), Is.EqualTo((0, 4, most, int.MaxValue)));
    }

    [Test]
    public void LessThanAMillisecond_IsTheShortest() =>
        Assert.That(new Dice(1).Between(TimeSpan.FromTicks(5), TimeSpan.FromTicks(9_000)), Is.EqualTo(TimeSpan.FromTicks(5)));

    [Test]
    public void Chance_IsNeverAtZeroAndAlwaysAtAHundred()
    {
        var dice = new Dice(3);
        Assert.That(Enumerable.Range(0, 500).Count(_ => dice.Chance(0)), Is.Zero);
        Assert.That(Enumerable.Range(0, 500).Count(_ => dice.Chance(100)), Is.EqualTo(500));
        Assert.That(Enumerable.Range(0, 1000).Count(_ => dice.Chance(30)), Is.InRange(230, 370));
    }

    [Test]
    public void Arguments_ThatCannotBeMeant()
    {
        var dice = new Dice(1);
        Assert.That(() => new Dice(1, null!), Throws.ArgumentNullException);
        Assert.That(() => dice.Next(0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => dice.Between(1, 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => dice.Between(0, int.MaxValue), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => dice.Between(int.MinValue, int.MaxValue), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => dice.Between(TimeSpan.FromTicks(1), TimeSpan.Zero), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => dice.Between(TimeSpan.Zero, TimeSpan.FromDays(25)), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => dice.Between(TimeSpan.MinValue, TimeSpan.MaxValue), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => dice.Chance(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => dice.Chance(101), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => dice.Pick<int>(null!), Throws.ArgumentNullException);
        Assert.That(() => dice.Pick<int>([]), Throws.ArgumentException.With.Message.Contains("nothing to choose"));
    }

    private static readonly int[] Known = [73, 4, 586200129];
}
