using System.Text.Json.Nodes;
using RxWormhole.Tests;

namespace RxWormhole.Server.Tests;

/// <summary>What the reference relay was seen to do, asked of ours through each of its doors.</summary>
[TestFixture("fast")]
[TestFixture("piped")]
[TestFixture("web")]
public sealed class RelayVectorTests(string door)
{
    // A WebSocket's messages have ends, so that a request cannot come in pieces.
    private const string OfTcpOnly = "request arrives in pieces";

    private RelayHost host = null!;

    [SetUp]
    public async Task Start() => host = await RelayHost.StartAsync();

    [TearDown]
    public async Task Stop() => await host.DisposeAsync();

    private static IEnumerable<TestCaseData> Cases() => Vectors.Cases("transit-relay.json");

    [TestCaseSource(nameof(Cases))]
    public async Task Vector_IsAnswered(JsonNode vector)
    {
        if (door == "web" && (string)vector["name"]! == OfTcpOnly)
            return;
        var links = new SortedDictionary<string, RelayLink>(StringComparer.Ordinal);
        try
        {
            foreach (var step in vector["steps"]!.AsArray())
                await StepAsync(step!, links, isEitherOfTwo: vector["note"] is not null);
        }
        finally
        {
            foreach (var link in links.Values)
                link.Dispose();
        }
    }

    private async Task StepAsync(JsonNode step, SortedDictionary<string, RelayLink> links, bool isEitherOfTwo)
    {
        var name = (string)step["connection"]!;
        if (!links.TryGetValue(name, out var link))
            links.Add(name, link = host.Dial(door));
        var waiting = host.Hub.Room.Waiting;
        var effects = step["effects"]!.AsObject();
        if ((string?)step["event"] == "closes")
        {
            link.Dispose();
            links.Remove(name);
            if (effects.Count == 0)
                RelayHost.Until(() => host.Hub.Room.Waiting == waiting - 1, "the relay notices");
        }
        else
        {
            var text = (string)step["sends"]!;
            await link.SendAsync(text);
            if (effects.Count == 0 && text.EndsWith('\n'))
                RelayHost.Until(() => host.Hub.Room.Waiting == waiting + 1, "the relay takes the request");
        }

        if (isEitherOfTwo && effects.Count > 1)
        {
            var one = links["a"].ReadAsync(3);
            var two = links["a2"].ReadAsync(3);
            Assert.That(new[] { await one, await two }, Is.EquivalentTo(new[] { "ok\n", "" }));
            Assert.That(await links["b"].ReadAsync(3), Is.EqualTo("ok\n"));
            return;
        }

        foreach (var (connection, effect) in effects)
        {
            var expected = (string?)effect!["receives"] ?? "";
            var heard = effect["closed_by_relay"] is not null
                ? await links[connection].ReadToEndAsync()
                : await links[connection].ReadAsync(expected.Length);
            Assert.That(heard, Is.EqualTo(expected), $"{connection} after {step.ToJsonString()}");
        }
    }
}
