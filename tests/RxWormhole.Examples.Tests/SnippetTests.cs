using System.Text.RegularExpressions;
using RxWormhole.Contracts;

namespace RxWormhole.Examples.Tests;

/// <summary>What readers copy is what is compiled and run: every C# block of these pages is a region of an example.</summary>
public partial class SnippetTests
{
    private static readonly string Root = ExampleProgram.Repository.FullName;

    [TestCase("README.md")]
    [TestCase("src/RxWormhole/README.md")]
    [TestCase("src/RxWormhole.Server/README.md")]
    public void Snippets_AreRegionsOfExamples(string page)
    {
        var regions = Directory.GetFiles(Path.Combine(Root, "examples"), "*.cs", SearchOption.AllDirectories).SelectMany(Regions).ToHashSet();
        var blocks = Block().Matches(Read(Path.Combine(Root, page))).Select(block => Unindented(block.Groups[1].Value));
        Assert.That(blocks.Where(block => !regions.Contains(block)), Is.Empty);
    }

    [Test]
    public void FrontPage_HasSnippetsAtAll() => Assert.That(Block().Matches(Read(Path.Combine(Root, "README.md"))), Has.Count.GreaterThanOrEqualTo(4));

    private static IEnumerable<string> Regions(string file) => Region().Matches(Read(file)).Select(region => Unindented(region.Groups[1].Value));

    private static string Read(string file) => File.ReadAllText(file).ReplaceLineEndings("\n");

    private static string Unindented(string text)
    {
        var lines = text.TrimEnd().Split('\n');
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > 0 ? line[indent..] : line));
    }

    [GeneratedRegex(@"^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^ *#region [^\n]*\n(.*?)^ *#endregion", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Region();
}
