using System.Text.Json.Nodes;
using RxWormhole.Tests;

namespace RxWormhole.Protocol.Tests.Codes;

public sealed class CodeEntryTests
{
    private static IEnumerable<TestCaseData> Sequences() => Vectors.Cases("code-input-helper.json");

    private static IEnumerable<TestCaseData> TypedCodes() =>
        Vectors.Cases("codes.json").Where(data => ((JsonNode)data.Arguments[0]!)["api"].Text() == "typed_code");

    [TestCaseSource(nameof(Sequences))]
    public void Vector_GoesStepByStep(JsonNode vector)
    {
        var entry = CodeEntry.Empty with { Listed = ["1", "12"] };
        foreach (var step in vector["steps"]!.AsArray())
        {
            var (next, fault, returned, effects) = Call(entry, step!["call"].Text(), (string?)step["arg"] ?? "");
            Assert.Multiple(() =>
            {
                Assert.That(fault, Is.EqualTo(Fault((string?)step["fails"])), step.ToJsonString());
                Assert.That(effects, Is.EqualTo(Texts(step["effects"])), step.ToJsonString());
                Assert.That(returned, Is.EqualTo(step["returns"] is { } list ? Texts(list) : []), step.ToJsonString());
            });
            entry = next;
        }
    }

    [TestCaseSource(nameof(TypedCodes))]
    public void VectorOfTypedCode_IsAcceptedAsThatOfAWholeOne(JsonNode vector)
    {
        var typed = vector["input"].Text();
        var hyphen = typed.IndexOf('-', StringComparison.Ordinal);
        var nameplate = CodeEntry.Empty.ChooseNameplate(hyphen < 0 ? "" : typed[..hyphen], out var entry);
        var words = entry.ChooseWords(typed[(hyphen + 1)..], out var done);
        var accepted = (bool)vector["accept"]! && vector["recommended"] is null;
        Assert.Multiple(() =>
        {
            Assert.That(nameplate == CodeEntryFault.None && words == CodeEntryFault.None, Is.EqualTo(accepted));
            Assert.That(done.Code, Is.EqualTo(accepted ? vector["code"].Text() : null));
        });
    }

    [TestCase("a b", CodeEntryFault.BadWords)]
    [TestCase("a-b", CodeEntryFault.None)]
    public void WordsWithASpace_AreRefusedAndAnotherTryIsAllowed(string words, CodeEntryFault fault)
    {
        Assert.That(CodeEntry.Empty.ChooseNameplate("4", out var entry), Is.EqualTo(CodeEntryFault.None));
        Assert.That(entry.ChooseWords(words, out var after), Is.EqualTo(fault));
        if (fault == CodeEntryFault.None)
            return;
        Assert.That(after, Is.SameAs(entry));
        Assert.That(after.ChooseWords("", out var done), Is.EqualTo(CodeEntryFault.None));
        Assert.That(done.Code, Is.EqualTo("4-"));
    }

    [Test]
    public void ThirdWord_IsCompletedWhenThreeAreExpected()
    {
        CodeEntry.Empty.ChooseNameplate("4", out var entry);
        (entry with { AreWordsKnown = true }).CompleteWords("armistice-baboon-ad", 3, out var completions);
        Assert.That(completions, Is.EqualTo(new[] { "armistice-baboon-adroitness", "armistice-baboon-adviser" }));
    }

    [Test]
    public void BeforeANameplate_TheListCanBeAskedForAgainAndCompletesIt()
    {
        var entry = CodeEntry.Empty with { Listed = ["1", "12", "7"] };
        Assert.That(entry.Refresh(), Is.EqualTo(CodeEntryFault.None));
        Assert.That(entry.CompleteNameplate("1", out var completions), Is.EqualTo(CodeEntryFault.None));
        Assert.That(completions, Is.EqualTo(new[] { "1-", "12-" }));
    }

    [Test]
    public void EveryFault_TellsWhatToDo()
    {
        var texts = Enum.GetValues<CodeEntryFault>().Select(CodeEntry.Describe).ToArray();
        Assert.That(texts, Is.Unique.And.All.Not.Empty);
        Assert.That(() => CodeEntry.Describe((CodeEntryFault)99), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static (CodeEntry Next, CodeEntryFault Fault, IReadOnlyList<string> Returned, string[] Effects) Call(
        CodeEntry entry, string call, string argument)
    {
        switch (call)
        {
            case "input_code":
                return (entry, CodeEntryFault.None, [], ["list"]);
            case "refresh_nameplates":
                return (entry, entry.Refresh(), [], entry.Refresh() == CodeEntryFault.None ? ["list"] : []);
            case "get_nameplate_completions":
                return (entry, entry.CompleteNameplate(argument, out var nameplates), nameplates, []);
            case "choose_nameplate":
                var chosen = entry.ChooseNameplate(argument, out var claimed);
                return (claimed, chosen, [], ReferenceEquals(entry, claimed) ? [] : [$"claim {claimed.Nameplate}"]);
            case "(nameplate claimed, word list known)":
                return (entry with { AreWordsKnown = true }, CodeEntryFault.None, [], []);
            case "get_word_completions":
                return (entry, entry.CompleteWords(argument, 2, out var words), words, []);
            case "choose_words":
                var ended = entry.ChooseWords(argument, out var complete);
                return (complete, ended, [], ReferenceEquals(entry, complete) ? [] : [$"code {complete.Code}"]);
            default:
                throw new InvalidDataException($"unknown call {call}");
        }
    }

    private static CodeEntryFault Fault(string? text) => text switch
    {
        null => CodeEntryFault.None,
        "must choose nameplate first" => CodeEntryFault.MustChooseNameplateFirst,
        "nameplate already chosen" => CodeEntryFault.NameplateAlreadyChosen,
        "words already chosen" => CodeEntryFault.WordsAlreadyChosen,
        "bad nameplate" => CodeEntryFault.BadNameplate,
        _ => throw new InvalidDataException($"unknown fault {text}"),
    };

    private static string[] Texts(JsonNode? list) => [.. list!.AsArray().Select(text => text.Text())];
}
