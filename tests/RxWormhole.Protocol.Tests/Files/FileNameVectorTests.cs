using System.Text.Json.Nodes;
using RxWormhole.Tests;

namespace RxWormhole.Protocol.Tests.Files;

public sealed class FileNameVectorTests
{
    // Where we do otherwise than the reference, on purpose: what becomes of the name, null if it is refused. Backslashes and the like are replaced.
    private static readonly SortedDictionary<string, string?> Differences = new(StringComparer.Ordinal)
    {
        ["a\\b.txt"] = "a_b.txt",
        ["..\\..\\x.txt"] = ".._.._x.txt",
        ["C:\\x.txt"] = "C__x.txt",
        ["x\ny"] = "x_y",
        ["..."] = null,
    };

    private static readonly SortedDictionary<string, string?> EntryDifferences = new(StringComparer.Ordinal)
    {
        ["sub/../c.txt"] = null,
        ["..\\x"] = null,
        ["../target/inside.txt"] = null,
    };

    // Whether something is there already is no question of the name alone.
    private static IEnumerable<TestCaseData> Offered => Cases("offered name", "name").Where(each => !((string)each["name"]!).Contains("exists", StringComparison.Ordinal))
        .Select(each => new TestCaseData(each).SetArgDisplayNames($"{each["name"]}"));

    private static IEnumerable<TestCaseData> Entries => Cases("zip entry", "entry").Select(each => new TestCaseData(each).SetArgDisplayNames($"{each["entry"]}"));

    [TestCaseSource(nameof(Offered))]
    public void OfferedName_LeadsWhereTheVectorSays(JsonNode vector)
    {
        var offered = (string)vector["name"]!;
        var reference = (bool)vector["accept"]! ? (string?)vector["destination"] : null;
        var expected = Differences.TryGetValue(offered, out var different) ? different : reference;
        var accepted = OfferedName.TryMakeSafe(offered, allowHidden: true, out var name, out var reason);
        Assert.That(accepted ? name : null, Is.EqualTo(expected));
        Assert.That(reason, accepted ? Is.Empty : Is.Not.Empty);
        if (vector["recommended"] is not null)
            Assert.That(expected, Is.Not.EqualTo(reference));
    }

    [TestCaseSource(nameof(Entries))]
    public void ZipEntry_LeadsWhereTheVectorSays(JsonNode vector)
    {
        var entry = (string)vector["entry"]!;
        var reference = (bool)vector["accept"]! ? (string?)vector["path_below_target"] : null;
        var expected = EntryDifferences.TryGetValue(entry, out var different) ? different : reference;
        var accepted = ZipEntryName.TryParse(entry, out var path, out _, out var reason);
        Assert.That(accepted ? string.Join('/', path) : null, Is.EqualTo(expected));
        Assert.That(reason, accepted ? Is.Empty : Is.Not.Empty);
        if (vector["recommended"] is not null)
            Assert.That(expected, Is.Null);
    }

    [Test]
    public void EveryDifference_IsACaseOfTheVectors() => Assert.Multiple(() =>
    {
        Assert.That(Cases("offered name", "name").Select(each => (string)each["name"]!), Is.SupersetOf(Differences.Keys));
        Assert.That(Cases("zip entry", "entry").Select(each => (string)each["entry"]!), Is.SupersetOf(EntryDifferences.Keys));
    });

    private static IEnumerable<JsonNode> Cases(string kind, string name) =>
        Vectors.Load("file-names.json")["cases"]!.AsArray().Where(each => (string)each!["kind"]! == kind && each[name] is not null)!;
}
