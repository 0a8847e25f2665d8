using System.Net;
using System.Text;

namespace RxWormhole.Server.Tests;

/// <summary>What requests are, and what becomes of those that are something else.</summary>
public sealed class PostTests : PostFixture
{
    [Test]
    public async Task Answer_IsWhatAWebSocketWouldHaveSent()
    {
        var answer = await PostAsync("aa", """{"type":"open","mailbox":"box","id":"o"}""", """{"type":"add","phase":"0","body":"00","id":"a"}""", """{"type":"ping","ping":7}""");
        Assert.That(Types(answer), Is.EqualTo(new[] { "welcome", "ack", "ack", "ack", "message", "ack", "pong" }));
        Assert.That((string)answer[2]!["id"]!, Is.EqualTo("o"));
        Assert.That((string)answer[4]!["id"]!, Is.EqualTo("a"));
        Assert.That(answer.All(message => message!["server_tx"] is not null), Is.True);
    }

    [TestCase(0, "0 1 2")]
    [TestCase(1, "1 2")]
    [TestCase(3, "")]
    [TestCase(17, "")]
    public async Task Since_LeavesOutTheFirstMessages(int since, string phases)
    {
        await PostAsync("aa", ["""{"type":"open","mailbox":"box"}""", .. Enumerable.Range(0, 3).Select(i => $$"""{"type":"add","phase":"{{i}}","body":"00"}""")]);
        var answer = await PostAsync("bb", $$"""{"type":"open","mailbox":"box","since":{{since}}}""");
        Assert.That(string.Join(' ', All("message", answer).Select(message => (string)message["phase"]!)), Is.EqualTo(phases));
    }

    [Test]
    public async Task NothingAsked_IsAnsweredWithTheWelcome() => Assert.That(Types(await Client.PostAsync(" [ ] ")), Is.EqualTo(new[] { "welcome" }));

    [TestCase("list")]
    [TestCase("allocate")]
    public async Task FirstIsNoBind_IsAnsweredAsOnAWebSocket(string type)
    {
        var answer = await Client.PostAsync($$"""[{"type":"{{type}}"}]""");
        Assert.That(Types(answer), Is.EqualTo(new[] { "welcome", "ack", "error" }));
        Assert.That((string)answer[2]!["error"]!, Is.EqualTo("must bind first"));
    }

    [Test]
    public async Task WhatOneRequestBound_IsNotBoundInTheNext()
    {
        await PostAsync("aa", """{"type":"open","mailbox":"box"}""");
        Assert.That((string)The("error", await Client.PostAsync("""[{"type":"add","phase":"0","body":"00"}]"""))["error"]!, Is.EqualTo("must bind first"));
        Assert.That(
            (string)The("error", await PostAsync("aa", """{"type":"add","phase":"0","body":"00"}"""))["error"]!, Is.EqualTo("must open mailbox before adding"));
    }

    [TestCase("[7]")]
    [TestCase("[null]")]
    [TestCase("[[]]")]
    [TestCase("[\"bind\"]")]
    public async Task ElementsThatAreNoObjects_AreAnsweredOneByOne(string body)
    {
        var answer = await Client.PostAsync(body);
        Assert.That(Types(answer), Is.EqualTo(new[] { "welcome", "error" }));
        Assert.That((string)answer[1]!["error"]!, Is.EqualTo("a message must be a JSON object"));
    }

    [TestCase("")]
    [TestCase("   ")]
    [TestCase("{}")]
    [TestCase("7")]
    [TestCase("[")]
    [TestCase("[{]")]
    [TestCase("[] []")]
    [TestCase("[{\"type\":\"bind\",\"appid\":\"example.com/post\",\"side\":\"aa\"},{\"type\":\"claim\",\"nameplate\":\"4\"}")]
    [TestCase("[{\"type\":\"bind\",\"appid\":\"example.com/post\",\"side\":\"aa\"},{\"type\":\"claim\",\"nameplate\":\"4\"},}")]
    [TestCase("{\"type\":\"bind\",\"appid\":\"example.com/post\",\"side\":\"aa\"}")]
    public async Task WhatIsNotOneArray_IsRefusedAndNothingOfItDone(string body)
    {
        Assert.That(await Client.RefusedAsync(body), Is.EqualTo((HttpStatusCode.BadRequest, "a request must be one JSON array of messages")));
        Assert.That(The("nameplates", await PostAsync("bb", """{"type":"list"}"""))["nameplates"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task CommandThatIsNestedTooDeeply_IsAnErrorAndTheOthersAreCarriedOut()
    {
        var deep = $$"""{"type":"ping","ping":{{new string('[', 200)}}{{new string(']', 200)}}}""";
        var answer = await PostAsync("aa", deep, """{"type":"list"}""");
        Assert.That((string?)The("error", answer)["error"], Is.EqualTo("a message must be a JSON object"));
        Assert.That(The("nameplates", answer)["nameplates"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task TextThatIsNotUtf8_IsAnsweredAndHarmsNobody()
    {
        byte[] body = [.. "[{\"type\":\"bind\",\"appid\":\""u8, 0xff, 0xfe, .. "\",\"side\":\"aa\"},{\"type\":\"ping\",\"ping\":1}]"u8];
        using var response = await Client.SendAsync(HttpMethod.Post, new ByteArrayContent(body));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("error").And.Contain("pong"));
    }

    [TestCase("GET")]
    [TestCase("PUT")]
    [TestCase("DELETE")]
    [TestCase("OPTIONS")]
    public async Task AnotherMethod_IsTold(string method)
    {
        using var response = await Client.SendAsync(new HttpMethod(method));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UpgradeRequired));
        Assert.That(response.Headers.Upgrade.ToString(), Is.EqualTo("websocket"));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("POST"));
    }

    [Test]
    public async Task MessagesOfAWebSocket_AreInTheNextAnswer()
    {
        using var link = new System.Reactive.Subjects.Subject<ReadOnlyMemory<byte>>();
        var echoes = 0;
        using var listening = WebSocketConnector.Default.Connect(Server.Mailbox, link)
            .Subscribe(frame => Interlocked.Add(ref echoes, Encoding.UTF8.GetString(frame.Span).Contains("\"phase\"", StringComparison.Ordinal) ? 1 : 0));
        foreach (var frame in new[] { Bind("bb"), """{"type":"open","mailbox":"box"}""", """{"type":"add","phase":"0","body":"00"}""" })
            link.OnNext(Encoding.UTF8.GetBytes(frame));
        Assert.That(() => Volatile.Read(ref echoes), Is.EqualTo(1).After(20_000, 5));
        Assert.That(All("message", await PostAsync("aa", """{"type":"open","mailbox":"box"}""")), Has.Length.EqualTo(1));
        await PostAsync("aa", """{"type":"open","mailbox":"box"}""", """{"type":"add","phase":"0","body":"00"}""");
        Assert.That(() => Volatile.Read(ref echoes), Is.EqualTo(2).After(20_000, 5), "and the other way round");
    }
}
