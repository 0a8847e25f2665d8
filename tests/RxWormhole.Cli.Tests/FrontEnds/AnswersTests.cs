namespace RxWormhole.Cli.Tests.FrontEnds;

/// <summary>What an answer means.</summary>
public sealed class AnswersTests
{
    private static readonly Question Accept = Question.YesNo("accept", "Accept it?", usual: true);
    private static readonly Question Verifier = Question.YesNo("verifier", "The same?", usual: null);
    private static readonly Question Existing = new("existing", "What now?", [new Choice("overwrite"), new Choice("rename"), new Choice("no")], "no");
    private static readonly Question Alike = new("key", "Which?", [new Choice("one"), new Choice("other")], "one");

    [TestCase("", "yes")]
    [TestCase("  ", "yes")]
    [TestCase("y", "yes")]
    [TestCase("YES ", "yes")]
    [TestCase("n", "no")]
    [TestCase("maybe", null)]
    [TestCase("yess", null)]
    public void QuestionWithADefault_TakesBeginnings(string typed, string? expected) => Assert.That(Answers.Read(Accept, typed), Is.EqualTo(expected));

    [TestCase("", null)]
    [TestCase("y", null)]
    [TestCase("n", null)]
    [TestCase("Yes", "yes")]
    [TestCase("no", "no")]
    public void QuestionWithoutADefault_TakesWholeWords(string typed, string? expected) => Assert.That(Answers.Read(Verifier, typed), Is.EqualTo(expected));

    [TestCase("o", null)]
    [TestCase("ot", "other")]
    [TestCase("one", "one")]
    public void BeginningOfSeveral_IsNone(string typed, string? expected) => Assert.That(Answers.Read(Alike, typed), Is.EqualTo(expected));

    [Test]
    public void Choices_ShowTheUsualOne()
    {
        Assert.That(Answers.Choices(Accept), Is.EqualTo("(Y/n)"));
        Assert.That(Answers.Choices(Verifier), Is.EqualTo("(yes/no)"));
        Assert.That(Answers.Choices(Existing), Is.EqualTo("(overwrite/rename/No)"));
        Assert.That(Answers.Advice(Existing), Is.EqualTo("Please answer overwrite, rename or no."));
    }
}
