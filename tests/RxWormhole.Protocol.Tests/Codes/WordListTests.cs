using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using RxWormhole.Tests;

namespace RxWormhole.Protocol.Tests.Codes;

public sealed class WordListTests
{
    private static IEnumerable<TestCaseData> Completions() => Vectors.Cases("wordlist-completion.json");

    [TestCaseSource(nameof(Completions))]
    public void Vector_IsCompleted(JsonNode vector)
    {
        switch (vector["kind"].Text())
        {
            case "words":
                AssertCompletions(WordList.Complete(vector["prefix"].Text(), (int)vector["num_words"]!), vector);
                break;
            case "nameplates":
                var listed = vector["listed"]!.AsArray().Select(name => name.Text());
                Assert.That(WordList.CompleteNameplate(listed, vector["prefix"].Text()), Is.EqualTo(Texts(vector["completions"])));
                break;
            case "choose_words":
                Assert.That(vector["random_bytes"].Hex(), Has.Length.EqualTo((int)vector["num_words"]!));
                Assert.That(WordList.Choose(vector["random_bytes"].Hex()), Is.EqualTo(vector["words"].Text()));
                break;
            default:
                Assert.Fail($"a kind of case that this test does not know: {vector["kind"]}");
                break;
        }
    }

    [Test]
    public void Words_AreThoseOfThePublishedList()
    {
        foreach (var row in Vectors.Load("pgp-words.json").AsArray())
        {
            var value = (byte)row!["byte"]!;
            Assert.That(WordList.Choose([value, value]), Is.EqualTo($"{row["odd"]}-{row["even"]}"));
            Assert.That(WordList.Contains(row["odd"].Text()) && WordList.Contains(row["even"].Text()), Is.True);
        }
    }

    [Test]
    public void NoWordBeginsAnother_SoRunTogetherWordsComeApartInOneWay()
    {
        var words = Enumerable.Range(0, 256).SelectMany(value => WordList.Choose([(byte)value, (byte)value]).Split('-')).ToArray();
        var pairs = words.SelectMany(_ => words, (first, second) => (first, second));
        Assert.Multiple(() =>
        {
            Assert.That(pairs.Where(pair => pair.first != pair.second && pair.second.StartsWith(pair.first, StringComparison.Ordinal)), Is.Empty);
            Assert.That(words.Min(word => word.Length), Is.EqualTo(WordList.ShortestWord));
            Assert.That(words.Max(word => word.Length), Is.EqualTo(WordList.LongestWord));
        });
    }

    [Test]
    public void Complete_RefusesToExpectNoWords() =>
        Assert.That(() => WordList.Complete("a", 0), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static void AssertCompletions(IReadOnlyList<string> completions, JsonNode vector)
    {
        Assert.That(completions, Has.Count.EqualTo((int)vector["count"]!).And.Ordered.Using<string>(StringComparer.Ordinal));
        if (vector["completions"] is { } all)
        {
            Assert.That(completions, Is.EqualTo(Texts(all)));
            return;
        }

        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', completions)));
        Assert.Multiple(() =>
        {
            Assert.That(completions[0], Is.EqualTo(vector["first"].Text()));
            Assert.That(completions[^1], Is.EqualTo(vector["last"].Text()));
            Assert.That(digest, Is.EqualTo(vector["sha256_of_sorted_joined_by_newline"].Hex()));
        });
    }

    private static IEnumerable<string> Texts(JsonNode? list) => list!.AsArray().Select(text => text.Text());
}
