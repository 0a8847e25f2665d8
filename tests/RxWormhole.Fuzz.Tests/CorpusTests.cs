namespace RxWormhole.Fuzz;

[TestFixture]
public class CorpusTests
{
    // One new one for each run of the tests.
    private static readonly int NewSeed = Random.Shared.Next();

    private static readonly string[] Targets = [.. FuzzTargets.All.Select(target => target.Name)];

    [TestCaseSource(nameof(Targets))]
    public void EveryInputOfTheCorpus_IsReadAsItShouldBe(string name)
    {
        var target = Target(name);
        var files = Corpus.Files(target).ToArray();
        Assert.That(files, Is.Not.Empty);
        foreach (var file in files)
        {
            var fault = Trial.Run(target, File.ReadAllBytes(file));
            Assert.That(fault, Is.Null, $"{Path.GetFileName(file)}: {fault?.Detail}");
        }
    }

    [TestCaseSource(nameof(Targets))]
    public void InputsOfAKnownSeed_AreReadAsTheyShouldBe(string name) => Check(name, seed: 1);

    [TestCaseSource(nameof(Targets))]
    public void InputsOfANewSeed_AreReadAsTheyShouldBe(string name)
    {
        TestContext.Progress.WriteLine($"{name}: --seed {NewSeed}");
        Check(name, NewSeed);
    }

    [Test]
    public void EveryFolderOfTheCorpus_IsOfATarget() =>
        Assert.That(Directory.EnumerateDirectories(Corpus.Folder).Select(Path.GetFileName), Is.EquivalentTo(Targets));

    // So few that slow machines are done in seconds; the command makes as many as one likes.
    private static void Check(string name, int seed)
    {
        var report = new Campaign(Target(name), new FuzzOptions { Runs = 150, Seed = seed }).Run();
        Assert.That(report.Fault, Is.Null, $"seed {seed}\n{report}");
    }

    private static FuzzTarget Target(string name) => FuzzTargets.All.Single(target => target.Name == name);
}
