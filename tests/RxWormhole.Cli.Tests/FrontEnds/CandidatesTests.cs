namespace RxWormhole.Cli.Tests.FrontEnds;

/// <summary>What a text can be completed to.</summary>
public sealed class CandidatesTests
{
    [TestCase("7-crossover-", "7-crossover-clockwork", "7-crossover-classic", "7-crossover-")]
    [TestCase("same", "same", "same", "same")]
    [TestCase("", "a", "b", "")]
    public void Shared_IsWhatAllBeginWith(string first, string second, string third, string expected) => Assert.That(Candidates.Shared([first, second, third]), Is.EqualTo(expected));

    [Test]
    public void Few_AreListedInColumns() =>
        Assert.That(Candidates.Rows(["classic", "classroom", "clockwork"], 22), Is.EqualTo(new[] { "classic    classroom", "clockwork" }));

    [Test]
    public void Many_AreCounted() => Assert.That(Candidates.Rows([.. Enumerable.Range(0, 256).Select(each => $"{each}")], 80), Has.Length.EqualTo(1).And.One.Contains("256"));
}
