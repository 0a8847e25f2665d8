using RxWormhole.Contracts;

namespace RxWormhole.Examples.Tests;

/// <summary>Every example, as somebody runs it who has just cloned the repository.</summary>
public class ExampleTests
{
    private static IEnumerable<string> Examples => ExampleProgram.All;

    [TestCaseSource(nameof(Examples))]
    public void WithoutArguments_DoesWhatItIsFor(string name) =>
        Assert.That(ExampleProgram.Run(name), Does.Contain(ExampleProgram.Shows[name]));

    [TestCaseSource(nameof(Examples))]
    public void Program_IsShort(string name)
    {
        var program = Path.Combine(ExampleProgram.Repository.FullName, "examples", name, "Program.cs");
        Assert.That(File.ReadAllLines(program), Has.Length.LessThan(60));
    }
}
