using System.Text;
using System.Text.Json.Nodes;
using RxWormhole.Tests;

namespace RxWormhole.Protocol.Tests.Files;

public sealed class TransferCodecTests
{
    private static readonly TransitMessage NoHints = new(["direct-tcp-v1", "relay-v1"], []);

    private static IEnumerable<TestCaseData> Sent() =>
        from vector in Vectors.Load("file-transfer.json")["cases"]!.AsArray()
        from message in vector!["sends"]!.AsArray().Concat(vector["receives"]!.AsArray())
        where message!.AsObject().Count == 1
        select new TestCaseData(message.ToJsonString());

    [TestCaseSource(nameof(Sent))]
    public void MessagesOfTheReference_AreReadAndWrittenAlike(string json)
    {
        Assert.That(TransferCodec.TryRead(Encoding.UTF8.GetBytes(json), out var messages, out var reason), Is.True, reason);
        foreach (var message in messages.Where(each => each is not TransferMessage.Offer { Offered: TransferOffer.Unknown }))
            Assert.That(JsonNode.DeepEquals(Numbers(JsonNode.Parse(TransferCodec.Write(message))!), Numbers(JsonNode.Parse(json)!)), Is.True, Encoding.UTF8.GetString(TransferCodec.Write(message)));
    }

    private static IEnumerable<TransferMessage> Ours() =>
    [
        new TransferMessage.Transit(NoHints),
        new TransferMessage.Offer(new TransferOffer.Text("hello ☃")),
        new TransferMessage.Offer(new TransferOffer.File("naïve\u202e.txt", long.MaxValue)),
        new TransferMessage.Offer(new TransferOffer.OpenEnded("naïve\u202e.txt")),
        new TransferMessage.Offer(new TransferOffer.Folder("f", 1, 2, 3)),
        new TransferMessage.Offer(new TransferOffer.Folder("f", 1, 2, 3) { Several = [new("a", false), new("ñ", true)] }),
        new TransferMessage.Answer(IsForText: true, "ok"),
        new TransferMessage.Answer(IsForText: false, "ok"),
        new TransferMessage.Answer(IsForText: false, "ok", new TransferPart(5, "ab")),
        new TransferMessage.Error("no"),
        new TransferMessage.Again(1, NoHints, new TransferPart(7, "cd")),
        new TransferMessage.Again(2, NoHints, null),
    ];

    [TestCaseSource(nameof(Ours))]
    public void WhatIsWritten_IsRead(TransferMessage message)
    {
        Assert.That(TransferCodec.TryRead(TransferCodec.Write(message), out var messages, out var reason), Is.True, reason);
        Assert.That(messages.Single().ToString(), Is.EqualTo(message.ToString()));
        Assert.That(TransferCodec.Write(messages.Single()), Is.EqualTo(TransferCodec.Write(message)));
    }

    [TestCase("", Description = "nothing")]
    [TestCase("[]")]
    [TestCase("{} {}")]
    [TestCase("{\"offer\": 1}")]
    [TestCase("{\"offer\": {\"message\": 1}}")]
    [TestCase("{\"offer\": {\"file\": {}}}")]
    [TestCase("{\"offer\": {\"rxwormhole\": {\"stream\": {}}}}")]
    [TestCase("{\"offer\": {\"rxwormhole\": {\"stream\": {\"filename\": 1}}}}")]
    [TestCase("{\"offer\": {\"rxwormhole\": {\"stream\": \"a\"}}}")]
    [TestCase("{\"offer\": {\"file\": 7}}")]
    [TestCase("{\"offer\": {\"file\": {\"filename\": \"a\", \"filesize\": -1}}}")]
    [TestCase("{\"offer\": {\"file\": {\"filename\": \"a\", \"filesize\": 1.5}}}")]
    [TestCase("{\"offer\": {\"file\": {\"filename\": \"a\", \"filesize\": \"1\"}}}")]
    [TestCase("{\"offer\": {\"file\": {\"filename\": \"a\", \"filesize\": 9223372036854775808}}}")]
    [TestCase("{\"offer\": {\"file\": {\"filename\": \"\\ud800\", \"filesize\": 1}}}")]
    [TestCase("{\"offer\": {\"directory\": {\"mode\": \"zipfile\", \"dirname\": \"a\", \"zipsize\": 1}}}")]
    [TestCase("{\"answer\": {}}")]
    [TestCase("{\"answer\": {\"file_ack\": 1}}")]
    [TestCase("{\"rxwormhole\": {\"attempt\": 0}}")]
    public void WhatMakesNoSense_IsSaid(string json)
    {
        Assert.That(TransferCodec.TryRead(Encoding.UTF8.GetBytes(json), out var messages, out var reason), Is.False);
        Assert.That(messages, Is.Empty);
        Assert.That(reason, Is.Not.Empty);
    }

    [Test]
    public void ErrorBesideAnAnswer_CountsAlone() =>
        Assert.That(Read("{\"answer\": {\"file_ack\": \"ok\"}, \"error\": \"x\"}"), Is.EqualTo(new[] { new TransferMessage.Error("x") }));

    [Test]
    public void TransitAndOfferInOneMessage_ComeInThisOrder() =>
        Assert.That(
            Read("{\"offer\": {\"message\": \"m\"}, \"transit\": {\"abilities-v1\": [], \"hints-v1\": []}}").Select(each => each.GetType()),
            Is.EqualTo(new[] { typeof(TransferMessage.Transit), typeof(TransferMessage.Offer) }));

    [TestCase("{\"weather\": \"fine\"}")]
    [TestCase("{}")]
    public void UnknownMessage_IsPassedOver(string json) => Assert.That(Read(json), Is.Empty);

    [TestCase("{\"answer\": {\"file_ack\": \"ok\", \"part\": 1}}")]
    [TestCase("{\"answer\": {\"file_ack\": \"ok\", \"part\": {\"length\": 0, \"sha256\": \"a\"}}}")]
    public void PartThatMakesNoSense_IsNone(string json) =>
        Assert.That(Read(json), Is.EqualTo(new[] { new TransferMessage.Answer(IsForText: false, "ok") }));

    [TestCase("true")]
    [TestCase("[1]")]
    [TestCase("[{\"name\": 1}]")]
    [TestCase("[{\"name\": \"a\"}, {}]")]
    public void SeveralThatMakeNoSense_AreAFolder(string several) => Assert.That(ReadFolder(several).Several, Is.Empty);

    [Test]
    public void SeveralOfThem_HaveAnEnd()
    {
        static string List(int count) => $"[{string.Join(',', Enumerable.Range(0, count).Select(i => $"{{\"name\": \"{i}\", \"folder\": 1}}"))}]";
        Assert.That(ReadFolder(List(1000)).Several, Has.Length.EqualTo(1000).And.All.Property("IsFolder").False);
        Assert.That(ReadFolder(List(1001)).Several, Is.Empty);
    }

    private static TransferOffer.Folder ReadFolder(string several) =>
        (TransferOffer.Folder)((TransferMessage.Offer)Read(
            $"{{\"offer\": {{\"directory\": {{\"mode\": \"zipfile\", \"dirname\": \"f\", \"zipsize\": 1, \"numbytes\": 2, \"numfiles\": 3, \"rxwormhole\": {several}}}}}}}").Single()).Offered;

    private static IEnumerable<TransferMessage> Read(string json)
    {
        Assert.That(TransferCodec.TryRead(Encoding.UTF8.GetBytes(json), out var messages, out var reason), Is.True, reason);
        return messages;
    }

    // 0.0 and 0 are the same number.
    private static JsonNode Numbers(JsonNode node)
    {
        foreach (var priority in Descendants(node).OfType<JsonObject>().Where(each => each.ContainsKey("priority")).ToArray())
            priority["priority"] = 0;
        return node;
    }

    private static IEnumerable<JsonNode> Descendants(JsonNode node) =>
        new[] { node }.Concat(node switch
        {
            JsonObject members => members.Where(each => each.Value is not null).SelectMany(each => Descendants(each.Value!)),
            JsonArray items => items.Where(each => each is not null).SelectMany(each => Descendants(each!)),
            _ => [],
        });
}
