using System.Text.Json.Nodes;

namespace RxWormhole.Tests.Record;

/// <summary>A checkpoint is read as hostile input: what we would not have written is refused, with a word about where and none of what was in it.</summary>
public sealed class HostileCheckpointTests
{
    private static readonly string[] Required = ["rxwormhole", "appid", "server", "started", "side", "scalar"];

    private static readonly string[] Texts = ["appid", "server", "side", "scalar", "words", "nameplate", "code", "mailbox", "stray", "peer-side", "mood"];

    [Test]
    public void Sample_IsRead()
    {
        Assert.That(Checkpoint.Parse(SampleCheckpoint.Json).IsEnded, Is.False);
        Assert.That(CheckpointDocument.Write(CheckpointDocument.Read(SampleCheckpoint.Json)), Is.EqualTo(SampleCheckpoint.Json));
        Assert.That(SampleCheckpoint.Secrets.Where(secret => !SampleCheckpoint.Json.Contains(secret, StringComparison.Ordinal)), Is.EqualTo(new[] { SampleCheckpoint.Message, "treasure" }), "those are in base64");
    }

    [TestCase("ws://rendezvous.invalid:4000/v1")]
    [TestCase("wss://rendezvous.invalid/v1?x=1")]
    public void ServersOfBothKinds_AreRead(string server) =>
        Assert.That(CheckpointDocument.Read(SampleCheckpoint.With(node => node["server"] = server)).Server, Is.EqualTo(new Uri(server)));

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("null")]
    [TestCase("1")]
    [TestCase("\"text\"")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("{\"rxwormhole\":1}")]
    [TestCase("{")]
    [TestCase("{}{}")]
    [TestCase("\0")]
    [TestCase("\ud800")]
    [TestCase("{\"rxwormhole\":1,\"appid\":\"\ud800\"}")]
    [TestCase("{\"rxwormhole\":1,\"appid\":\"\\ud800\"}")]
    public void NoObjectOfOurs_IsRefused(string text) => Assert.That(AssertRefused(text), Does.Contain("not the JSON object that a checkpoint is").Or.Contain("it is not an object"));

    [Test]
    public void Null_IsAnArgumentError() => Assert.That(() => Checkpoint.Parse(null!), Throws.ArgumentNullException);

    [TestCase("[")]
    [TestCase("{\"own\":")]
    [TestCase("{\"own\":[")]
    [TestCase("{\"appid\":{\"a\":")]
    public void DeepNesting_IsRefused(string opening) => AssertRefused(string.Concat(Enumerable.Repeat(opening, 200_000)));

    [TestCase(0)]
    [TestCase(2)]
    [TestCase(-1)]
    [TestCase(int.MaxValue)]
    public void OtherVersion_IsRefusedAndNamesOurs(int version) =>
        Assert.That(AssertRefused(SampleCheckpoint.With(node => node["rxwormhole"] = version)), Does.Contain("version is not 1"));

    [TestCaseSource(nameof(Required))]
    public void RequiredFieldIsMissing_IsRefused(string field) => AssertRefused(SampleCheckpoint.With(node => node.Remove(field)));

    [Test]
    public void AnyFieldIsOfAnotherType_IsRefused([ValueSource(nameof(Fields))] string field)
    {
        var own = SampleCheckpoint.Node()[field]!;
        foreach (var other in new[] { "17", "\"%\"", "{}", "[]", "[[]]", "true", "1e400", "-0.5", "99999999999999999999" })
        {
            var value = JsonNode.Parse(other)!;
            if (value.GetValueKind() != own.GetValueKind() && !(IsBoolean(own) && IsBoolean(value)))
                AssertRefused(SampleCheckpoint.With(node => node[field] = value.DeepClone()));
        }
    }

    [TestCaseSource(nameof(Fields))]
    public void FieldIsNull_IsReadOrRefusedAndNothingElse(string field)
    {
        var text = SampleCheckpoint.With(node => node[field] = null);
        if (field is "limit" or "words" or "mailbox")
            Assert.That(Checkpoint.Parse(text), Is.Not.Null, "these may be left out");
        else
            AssertRefused(text);
    }

    [Test]
    public void UnknownField_IsRefused() => AssertRefused(SampleCheckpoint.With(node => node["more"] = 1));

    [TestCaseSource(nameof(Texts))]
    public void EndlessText_IsRefused(string field) => AssertRefused(SampleCheckpoint.With(node => node[field] = new string('a', 100_000)));

    private static IEnumerable<TestCaseData> Contradictions()
    {
        yield return Case("app id is empty", "its application id is empty or too long", node => node["appid"] = "");
        yield return Case("server is not a WebSocket", "its server is not a ws:// or wss:// address", node => node["server"] = "http://example.com/");
        yield return Case("server is relative", "its server is not a ws:// or wss:// address", node => node["server"] = "v1");
        yield return Case("server is what Uri.TryCreate throws over", "its server is not a ws:// or wss:// address", node => node["server"] = "//\u202e");
        yield return Case("server is empty", "its server is not a ws:// or wss:// address", node => node["server"] = "");
        yield return Case("start is no time", "it is not the JSON object that a checkpoint is", node => node["started"] = "yesterday");
        yield return Case("limit is zero", "its time limit is out of range", node => node["limit"] = 0);
        yield return Case("limit is negative", "its time limit is out of range", node => node["limit"] = -1);
        yield return Case("limit is beyond a timer", "its time limit is out of range", node => node["limit"] = 1e9);
        yield return Case("limit is beyond a double", "its time limit is out of range", node => node["limit"] = JsonNode.Parse("1e999"));
        yield return Case("side is empty", "its side is not ASCII text", node => node["side"] = "");
        yield return Case("side is not ASCII", "its side is not ASCII text", node => node["side"] = "sïde");
        yield return Case("scalar is short", "its secret is not 32 bytes", node => node["scalar"] = "00");
        yield return Case("scalar is no hex", "its secret is not 32 bytes", node => node["scalar"] = new string('x', 64));
        yield return Case("scalar is zero", "its secret is not 32 bytes", node => node["scalar"] = new string('0', 64));
        yield return Case("nameplate is a word", "its nameplate is not a number", node => node["nameplate"] = "four");
        yield return Case("nameplate is another", "its code does not fit its nameplate", node => node["nameplate"] = "72");
        yield return Case("nameplate is missing", "its code does not fit its nameplate", node => node.Remove("nameplate"));
        yield return Case("words are empty", "its words are not those of its code", node => node["words"] = "");
        yield return Case("words are not those of the code", "its words are not those of its code", node => node["words"] = "other-words");
        yield return Case("words are there, but no code", "its words are not those of its code", node => Without(node, "code", "own", "confirmed", "delivered", "peer-side", "peer-pake"));
        yield return Case("code is no code", "its code does not fit its nameplate", node => node["code"] = "71");
        yield return Case("code has a space", "its code does not fit its nameplate", node => node["code"] = "71-purple sausages");
        yield return Case("code is missing", "its words are not those of its code", node => node.Remove("code"));
        yield return Case("words have a space", "its words cannot stand in a code", node => node["words"] = "purple sausages");
        yield return Case("confirmed without a code", "it is confirmed without a code or another side", node => Without(node, "code", "words"));
        yield return Case("a key exchange without a code", "it has a key exchange without a code", node =>
        {
            Without(node, "code", "words", "confirmed", "delivered");
            node["own"] = new JsonArray(Own(node)[0]!.DeepClone());
        });
        yield return Case("mailbox is empty", "its mailbox is empty or too long", node => node["mailbox"] = "");
        yield return Case("mailbox without a nameplate", "it has a mailbox without a nameplate", node => Without(node, "nameplate", "code", "words", "own", "confirmed", "delivered", "peer-side", "peer-pake"));
        yield return Case("stray mailbox is empty", "its stray mailbox is empty or too long", node => node["stray"] = "");
        yield return Case("peer is us", "the other side is not one", node => node["peer-side"] = (string)node["side"]!);
        yield return Case("peer is empty", "the other side is not one", node => node["peer-side"] = "");
        yield return Case("peer has no pake", "the other side is half there", node => node.Remove("peer-pake"));
        yield return Case("pake has no peer", "the other side is half there", node => node.Remove("peer-side"));
        yield return Case("peer is not there", "the other side is not one", node => node["peer"] = false);
        yield return Case("peer's pake is no base64", "it is not the JSON object that a checkpoint is", node => node["peer-pake"] = "%%%");
        yield return Case("confirmed without a peer", "it is confirmed without a code or another side", node => Without(node, "peer-side", "peer-pake"));
        yield return Case("delivered less than nothing", "it has delivered less than nothing", node => node["delivered"] = -1);
        yield return Case("delivered beyond a number", "it is not the JSON object that a checkpoint is", node => node["delivered"] = 3_000_000_000L);
        yield return Case("delivered before it was confirmed", "it has delivered messages that nobody could read", node =>
        {
            node["confirmed"] = false;
            node["own"] = new JsonArray();
        });
        yield return Case("mood is none", "its mood is not one", node => node["mood"] = "grumpy");
        yield return Case("own is null", "it has no list of its own messages", node => node["own"] = null);
        yield return Case("own has a null", "its own messages do not begin as they should", node => node["own"] = JsonNode.Parse("[null]"));
        yield return Case("own ends with a null", "its own messages do not begin as they should", node => Own(node).Add(null));
        yield return Case("own has a text", "it is not the JSON object that a checkpoint is", node => Own(node).Add("text"));
        yield return Case("own has an empty object", "it is not the JSON object that a checkpoint is", node => Own(node).Add(new JsonObject()));
        yield return Case("own begins with version", "its own messages do not begin as they should", node => Own(node).RemoveAt(0));
        yield return Case("version is missing", "it is confirmed without a key", node => Own(node).RemoveAt(1));
        yield return Case("pake comes twice", "its own messages do not begin as they should", node => Own(node).Insert(0, Own(node)[0]!.DeepClone()));
        yield return Case("a number is missing", "its own messages are not in order", node => Own(node).RemoveAt(2));
        yield return Case("a number comes twice", "its own messages are not in order", node => Own(node).Add(Own(node)[4]!.DeepClone()));
        yield return Case("a phase is unknown", "its own messages do not begin as they should", node => Own(node)[4]!["phase"] = "dilate-0");
        yield return Case("a phase is written oddly", "its own messages are not in order", node => Own(node)[4]!["phase"] = "02");
        yield return Case("a phase is null", "its own messages do not begin as they should", node => Own(node)[4]!["phase"] = null);
        yield return Case("content is null", "one of its own messages has no content", node => Own(node)[4]!["bytes"] = null);
        yield return Case("content is missing", "it is not the JSON object that a checkpoint is", node => Own(node)[4]!.AsObject().Remove("bytes"));
        yield return Case("content is no base64", "it is not the JSON object that a checkpoint is", node => Own(node)[4]!["bytes"] = "!");
        yield return Case("offered, not sealed", "it offered a message that was not sealed", node => Own(node)[4]!["offered"] = true);
        yield return Case("pake not sealed", "it offered a message that was not sealed", node => Own(node)[0] = JsonNode.Parse("""{"phase":"pake","bytes":"AAAA"}"""));
        yield return Case("echoed, not offered", "the server has a message that was never offered", node => Own(node)[3]!["echoed"] = true);
        yield return Case("sealed behind one that is not", "its own messages are not sealed in order", node =>
        {
            Own(node)[2]!["offered"] = false;
            Own(node)[2]!["sealed"] = false;
        });
        yield return Case("sealed before the key was confirmed", "it has sealed messages before it is confirmed", node => Without(node, "confirmed", "delivered"));
        yield return Case("version before a pake of theirs", "it has a key without another side", node =>
        {
            Without(node, "confirmed", "delivered", "peer-side", "peer-pake");
            node["own"] = new JsonArray(Own(node)[0]!.DeepClone(), Own(node)[1]!.DeepClone());
        });
        yield return Case("an extra field in own", "it is not the JSON object that a checkpoint is", node => Own(node)[4]!["more"] = 1);

        static TestCaseData Case(string name, string reason, Action<JsonObject> change) => new TestCaseData(change, reason).SetArgDisplayNames(name, reason);

        static JsonArray Own(JsonObject node) => node["own"]!.AsArray();

        static void Without(JsonObject node, params string[] fields)
        {
            foreach (var field in fields)
                node.Remove(field);
        }
    }

    [TestCaseSource(nameof(Contradictions))]
    public void WhatWeWouldNotWrite_IsRefused(Action<JsonObject> change, string reason) =>
        Assert.That(AssertRefused(SampleCheckpoint.With(change)), Does.Contain(reason));

    private static IEnumerable<string> Fields() => SampleCheckpoint.Node().Select(field => field.Key);

    private static bool IsBoolean(JsonNode node) => node.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False;

    private static string AssertRefused(string text)
    {
        var exception = Assert.Throws<FormatException>(() => Checkpoint.Parse(text));
        var said = exception!.ToString();
        Assert.That(SampleCheckpoint.Secrets.Where(secret => said.Contains(secret, StringComparison.Ordinal)), Is.Empty, "nothing of the document is repeated");
        Assert.That(exception.InnerException, Is.Null);
        return exception.Message;
    }
}
