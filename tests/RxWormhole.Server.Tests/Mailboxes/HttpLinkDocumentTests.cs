using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RxWormhole.Protocol;

namespace RxWormhole.Server.Tests;

/// <summary>The examples of docs/http-link.md are what a server answers.</summary>
public sealed partial class HttpLinkDocumentTests : PostFixture
{
    private const int Bits = 8;

    private static readonly string Document = Path.Combine(TestContext.CurrentContext.TestDirectory, "http-link.md");

    // What a name in <> stands for; these stand for something else each time.
    private readonly SortedDictionary<string, JsonNode?> names = new(StringComparer.Ordinal);
    private static readonly string[] Different = ["<time>", "<welcome>"];

    [Test]
    public async Task Examples_AreWhatAServerAnswers()
    {
        var examples = 0;
        foreach (var section in File.ReadAllText(Document).Split("\n## "))
        {
            if (section.StartsWith("Permissions", StringComparison.Ordinal))
                await Start(options => options.HashcashBits = options.HashcashBitsAtFullLoad = Bits);
            var blocks = Block().Matches(section).Select(match => (Kind: match.Groups[1].Value, Json: match.Groups[2].Value)).ToArray();
            Assert.That(blocks.Select(block => block.Kind), Is.EqualTo(blocks.Select((_, i) => i % 2 == 0 ? "request" : "answer")), "in pairs");
            foreach (var pair in blocks.Chunk(2))
            {
                Learn(await Client.PostAsync(Known(pair[0].Json)), pair[1].Json);
                examples++;
            }
        }

        Assert.That(examples, Is.EqualTo(11));
    }

    [GeneratedRegex("```json (request|answer)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("\"(<[a-z]+>)\"")]
    private static partial Regex Name();

    private string Known(string request) => Name().Replace(request, match => match.Groups[1].Value == "<stamp>" ? $"\"{Mint()}\"" : names[match.Groups[1].Value]!.ToJsonString());

    private string Mint()
    {
        var mint = new HashcashMint(new HashcashRequest(Bits, (string)names["<resource>"]!), DateTimeOffset.UnixEpoch, new byte[HashcashMint.EntropyLength]);
        Assert.That(mint.TrySlice(1_000_000, out var stamp), Is.True);
        return stamp!;
    }

    private void Learn(JsonNode actual, string expected)
    {
        var wanted = JsonNode.Parse(expected)!;
        var seen = Fill(wanted, actual);
        Assert.That(JsonNode.DeepEquals(seen, actual), Is.True, () => $"{expected}\nis answered\n{actual.ToJsonString()}");
    }

    // Puts what was answered, or is known already, into the places of the names.
    private JsonNode? Fill(JsonNode? wanted, JsonNode? actual)
    {
        switch (wanted)
        {
            case JsonArray array:
                return new JsonArray([.. array.Select((each, i) => Fill(each, (actual as JsonArray)?.ElementAtOrDefault(i)))]);
            case JsonObject keys:
                return new JsonObject(keys.Select(each => KeyValuePair.Create(each.Key, Fill(each.Value, (actual as JsonObject)?[each.Key]))));
            case JsonValue value when value.TryGetValue<string>(out var name) && name.StartsWith('<'):
                if (actual is not null && !Different.Contains(name))
                    names.TryAdd(name, actual.DeepClone());
                return Different.Contains(name) ? actual?.DeepClone() : names.GetValueOrDefault(name)?.DeepClone();
            default:
                return wanted?.DeepClone();
        }
    }
}
