using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RxWormhole.Tests;

namespace RxWormhole.Protocol.Tests.Transit;

public sealed class TransitHintTests
{
    // What differs from the reference on purpose: an address without a name is none, and WebSocket ways to a relay are kept.
    private const string NamelessAddress = "tcp::4001";

    private static IEnumerable<TestCaseData> Hints(string kind) =>
        Vectors.Cases("transit-hints.json").Where(data => ((JsonNode)data.Arguments[0]!)["kind"].Text() == kind);

    [TestCaseSource(nameof(Hints), new object[] { "parse" })]
    public void VectorOfAHint_IsKeptOrPassedOver(JsonNode vector)
    {
        var hint = Read(new JsonArray(vector["hint"]!.DeepClone())).SingleOrDefault();
        Assert.That(Text(hint), Is.EqualTo(Text(vector["result"])));
    }

    [TestCaseSource(nameof(Hints), new object[] { "parse_option" })]
    public void VectorOfText_IsRead(JsonNode vector)
    {
        var text = vector["text"].Text();
        var isRead = RelayHint.TryParse(text, out var relay);
        Assert.That(isRead, Is.EqualTo(vector["result"] is not null && text != NamelessAddress));
        if (isRead)
            Assert.That(Text(relay!.Ways.Single()), Is.EqualTo(Text(vector["result"])));
    }

    [TestCaseSource(nameof(Hints), new object[] { "encode" })]
    public void VectorOfJson_IsWritten(JsonNode vector)
    {
        var hint = Hint(vector["object"]!);
        var written = Written(new TransitMessage([], [hint]));
        Assert.That(written["hints-v1"]![0]!, Is.EqualTo(vector["json"]).Using<JsonNode>(AreSame));
    }

    [TestCase("""{"type": "websocket", "url": "wss://r.example/relay"}""", "wss://r.example/relay")]
    [TestCase("""{"type": "websocket-v1", "url": "ws://r.example:4002"}""", "ws://r.example:4002/")]
    [TestCase("""{"type": "websocket-v1", "hostname": "r.example", "port": 4002}""", "ws://r.example:4002/")]
    [TestCase("""{"type": "websocket", "hostname": "2001:db8::1", "port": 4002}""", "ws://[2001:db8::1]:4002/")]
    [TestCase("""{"type": "websocket", "url": "http://r.example/"}""", null)]
    [TestCase("""{"type": "websocket", "url": "ws://user@r.example/"}""", null)]
    [TestCase("""{"type": "websocket", "url": "//\u202e"}""", null, Description = "Uri.TryCreate throws.")]
    [TestCase("""{"type": "websocket", "url": "file://\u202e"}""", null, Description = "Uri.TryCreate throws.")]
    [TestCase("""{"type": "websocket", "url": 7}""", null)]
    [TestCase("""{"type": "websocket"}""", null)]
    public void WebSocketWayToARelay_IsReadInEverySpelling(string way, string? url)
    {
        var hints = Read(JsonNode.Parse($$"""[{"type": "relay-v1", "hints": [{{way}}]}]""")!.AsArray());
        var ways = hints.Cast<RelayHint>().SelectMany(relay => relay.Ways).Cast<WebSocketHint>().Select(each => each.Url.AbsoluteUri);
        Assert.That(ways, Is.EqualTo(url is null ? [] : new[] { url }));
    }

    [Test]
    public void WebSocketOutsideARelay_IsPassedOver() =>
        Assert.That(Read(JsonNode.Parse("""[{"type": "websocket", "url": "ws://r.example/"}]""")!.AsArray()), Is.Empty);

    [TestCase("""{"type": "direct-tcp-v1", "hostname": "", "port": 1}""")]
    [TestCase("""{"type": "direct-tcp-v1", "hostname": "a b", "port": 1}""")]
    [TestCase("""{"type": "direct-tcp-v1", "hostname": "a/b", "port": 1}""")]
    [TestCase("""{"type": "direct-tcp-v1", "hostname": "a\u0000b", "port": 1}""")]
    [TestCase("""{"type": "direct-tcp-v1", "hostname": "\ud800", "port": 1}""")]
    [TestCase("""{"type": "\ud800", "hostname": "a", "port": 1}""")]
    [TestCase("""{"\ud800": 1}""")]
    [TestCase("""{"type": "direct-tcp-v1", "hostname": "a", "port": 0}""")]
    [TestCase("""{"type": "direct-tcp-v1", "hostname": "a", "port": 65536}""")]
    [TestCase("""{"type": "direct-tcp-v1", "hostname": "a", "port": -1}""")]
    [TestCase("""{"type": "direct-tcp-v1", "hostname": "a", "port": 1e3}""")]
    [TestCase("""{"type": "direct-tcp-v1", "hostname": "a", "port": 99999999999999999999}""")]
    [TestCase("""{"type": "relay-v1"}""")]
    [TestCase("""{"type": "relay-v1", "hints": {}}""")]
    [TestCase("""{"type": "relay-v1", "hints": [7, null, [], {"type": "relay-v1", "hints": []}, {"type": "\ud800"}]}""")]
    [TestCase("7")]
    [TestCase("null")]
    [TestCase("[]")]
    public void HintWithoutSense_IsPassedOverAndItsNeighboursAreKept(string hint)
    {
        const string Good = """{"type": "direct-tcp-v1", "hostname": "good", "port": 1}""";
        using var document = JsonDocument.Parse($$"""{"hints-v1": [{{Good}}, {{hint}}, {{Good}}]}""");
        Assert.That(TransitMessage.TryRead(document.RootElement, out var message, out _), Is.True);
        Assert.That(message!.Hints, Is.EqualTo(new[] { new DirectHint("good", 1), new DirectHint("good", 1) }));
    }

    [TestCase("\"high\"", 0)]
    [TestCase("null", 0)]
    [TestCase("1e999", 0)]
    [TestCase("-2.5", -2.5)]
    public void Priority_IsAnyFiniteNumber(string priority, double expected)
    {
        var hints = Read(JsonNode.Parse($$"""[{"type": "direct-tcp-v1", "hostname": "a", "port": 1, "priority": {{priority}}}]""")!.AsArray());
        Assert.That(hints, Is.EqualTo(new[] { new DirectHint("a", 1, expected) }));
    }

    [TestCase("[]", "'transit' must be an object")]
    [TestCase("7", "'transit' must be an object")]
    [TestCase("""{"hints-v1": {}}""", "'hints-v1' must be a list")]
    [TestCase("""{"abilities-v1": null}""", "'abilities-v1' must be a list")]
    public void WhatIsNoTransitMessage_IsToldSo(string json, string expected)
    {
        using var document = JsonDocument.Parse(json);
        Assert.That(TransitMessage.TryRead(document.RootElement, out _, out var reason), Is.False);
        Assert.That(reason, Is.EqualTo(expected));
    }

    [Test]
    public void EmptyObject_IsASideThatSaysNothing()
    {
        using var document = JsonDocument.Parse("{}");
        Assert.That(TransitMessage.TryRead(document.RootElement, out var message, out _), Is.True);
        Assert.That(message, Is.EqualTo(new TransitMessage([], [])));
    }

    [Test]
    public void ThousandsOfHints_OnlyTheFirstCount()
    {
        var hints = Enumerable.Range(1, 5000).Select(port => $$"""{"type": "direct-tcp-v1", "hostname": "a", "port": {{port}}}""");
        var ways = Enumerable.Range(1, 50).Select(port => $$"""{"type": "direct-tcp-v1", "hostname": "r", "port": {{port}}}""");
        var relay = $$"""{"type": "relay-v1", "hints": [{{string.Join(',', ways)}}]}""";
        var read = Read(JsonNode.Parse($"[{relay},{string.Join(',', hints)}]")!.AsArray());
        Assert.That(read, Has.Length.EqualTo(TransitMessage.MaxHints));
        Assert.That(((RelayHint)read[0]).Ways, Has.Length.EqualTo(TransitMessage.MaxWays));
    }

    [Test]
    public void WrittenMessage_IsReadAgain()
    {
        var message = new TransitMessage(
            [TransitMessage.DirectTcp, TransitMessage.Relay],
            [
                new DirectHint("192.0.2.1", 1234),
                new DirectHint("2001:db8::1", 1234, 0.5),
                new RelayHint([new DirectHint("r.example", 4001), new WebSocketHint(new Uri("wss://r.example/relay"), 2)], "r.example"),
            ]);
        using var document = JsonDocument.Parse(Written(message).ToJsonString());
        Assert.That(TransitMessage.TryRead(document.RootElement, out var read, out _), Is.True);
        Assert.That(read, Is.EqualTo(message));
    }

    [TestCase("ws://r.example/relay", "ws://r.example/relay")]
    [TestCase("wss://r.example", "wss://r.example/")]
    [TestCase("http://r.example", null)]
    [TestCase("ws://", null)]
    [TestCase(null, null)]
    public void WebSocketText_IsRead(string? text, string? url)
    {
        Assert.That(RelayHint.TryParse(text, out var relay), Is.EqualTo(url is not null));
        Assert.That((relay?.Ways.Single() as WebSocketHint)?.Url.AbsoluteUri, Is.EqualTo(url));
    }

    [TestCase("tcp://relay.example:4001")]
    [TestCase("tcp://relay.example:4001/")]
    public void TextAsTheRustClientHasIt_IsRead(string text)
    {
        Assert.That(RelayHint.TryParse(text, out var relay), Is.True);
        Assert.That(relay!.Ways, Is.EqualTo(new[] { new DirectHint("relay.example", 4001) }));
    }

    [TestCase("tcp:host:0")]
    [TestCase("tcp:host:65536")]
    [TestCase("tcp:host: 1")]
    [TestCase("tcp:host:+1")]
    [TestCase("tcp:host:1:priority=NaN")]
    [TestCase("tcp:[192.0.2.1]:1")]
    [TestCase("tcp:[::1]")]
    public void TextWithoutSense_IsRefused(string text) => Assert.That(RelayHint.TryParse(text, out _), Is.False);

    private static TransitHint[] Read(JsonArray hints)
    {
        using var document = JsonDocument.Parse($$"""{"abilities-v1": [], "hints-v1": {{hints.ToJsonString()}}}""");
        Assert.That(TransitMessage.TryRead(document.RootElement, out var message, out var reason), Is.True, reason);
        return [.. message!.Hints];
    }

    private static JsonNode Written(TransitMessage message)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output))
            message.Write(writer);
        return JsonNode.Parse(Encoding.UTF8.GetString(output.ToArray()))!;
    }

    private static bool AreSame(JsonNode one, JsonNode other) => Sorted(one) == Sorted(other);

    // 0 and 0.0 are the same number to every reader.
    private static string Sorted(JsonNode node) => node switch
    {
        JsonObject entries => $"{{{string.Join(',', entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}:{Sorted(entry.Value!)}"))}}}",
        JsonArray list => $"[{string.Join(',', list.Select(each => Sorted(each!)))}]",
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => $"{value.GetValue<double>()}",
        _ => node.ToJsonString(),
    };

    private static TransitHint Hint(JsonNode node) => node["kind"].Text() switch
    {
        "direct" => new DirectHint(node["hostname"].Text(), (int)node["port"]!, (double)node["priority"]!),
        "tor" => new TorHint(node["hostname"].Text(), (int)node["port"]!, (double)node["priority"]!),
        _ => new RelayHint([.. node["hints"]!.AsArray().Select(each => Hint(each!))]),
    };

    private static string Text(TransitHint? hint) => hint switch
    {
        DirectHint direct => $"direct {direct.Hostname} {direct.Port} {direct.Priority}",
        TorHint tor => $"tor {tor.Hostname} {tor.Port} {tor.Priority}",
        RelayHint relay => string.Join(", ", relay.Ways.Where(way => way is not WebSocketHint).Select(Text)),
        _ => "",
    };

    private static string Text(JsonNode? node) => node is null or JsonValue ? "" : node["kind"].Text() == "relay"
        ? string.Join(", ", node["hints"]!.AsArray().Select(Text))
        : $"{node["kind"].Text()} {node["hostname"].Text()} {node["port"]} {(double)node["priority"]!}";
}
