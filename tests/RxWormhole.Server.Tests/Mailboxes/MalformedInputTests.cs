using System.Net.WebSockets;
using System.Text;

namespace RxWormhole.Server.Tests;

/// <summary>Whatever makes no sense is answered with an error that says what is wrong, and the connection lives.</summary>
public sealed class MalformedInputTests
{
    private TestServer server = null!;

    [OneTimeSetUp]
    public async Task Start() => server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await server.DisposeAsync();

    [TestCase("", "must be a JSON object")]
    [TestCase("{", "must be a JSON object")]
    [TestCase("[]", "must be a JSON object")]
    [TestCase("null", "must be a JSON object")]
    [TestCase("4", "must be a JSON object")]
    [TestCase("""{"type":"ping","ping":1}x""", "must be a JSON object")]
    [TestCase("{}", "missing 'type'")]
    [TestCase("""{"type":null}""", "'type' must be text")]
    [TestCase("""{"type":{}}""", "'type' must be text")]
    [TestCase("""{"type":"nonsense"}""", "must bind first")]
    [TestCase("""{"type":"list"}""", "must bind first")]
    [TestCase("""{"type":"bind","appid":1,"side":"a"}""", "'appid' must be text")]
    [TestCase("""{"type":"bind","appid":"x","side":[]}""", "'side' must be text")]
    [TestCase("""{"type":"bind","appid":"x"}""", "bind requires 'side'")]
    public async Task BeforeBind_IsAnsweredWithItsFault(string frame, string fault)
    {
        using var client = await server.DialAsync();
        Assert.That(await client.ErrorAsync(frame), Does.Contain(fault));
        Assert.That(await client.AskAsync("""{"type":"bind","appid":"x","side":"a"}"""), Is.Empty);
    }

    [TestCase("""{"type":"bind","appid":"x","side":"a"}""", "already bound")]
    [TestCase("""{"type":"nonsense"}""", "unknown type")]
    [TestCase("""{"type":"claim"}""", "claim requires 'nameplate'")]
    [TestCase("""{"type":"claim","nameplate":4}""", "'nameplate' must be text")]
    [TestCase("""{"type":"claim","nameplate":""}""", "digits")]
    [TestCase("""{"type":"claim","nameplate":"4a"}""", "digits")]
    [TestCase("""{"type":"claim","nameplate":"-4"}""", "digits")]
    [TestCase("""{"type":"claim","nameplate":"4\n"}""", "digits")]
    [TestCase("""{"type":"claim","nameplate":"\u0664"}""", "digits")]
    [TestCase("""{"type":"claim","nameplate":"11111111112222222222333333333344444444445"}""", "digits")]
    [TestCase("""{"type":"claim","nameplate":"4","keep":-1}""", "'keep' must be a whole number")]
    [TestCase("""{"type":"claim","nameplate":"4","keep":"long"}""", "'keep' must be a whole number")]
    [TestCase("""{"type":"release","nameplate":{}}""", "'nameplate' must be text")]
    [TestCase("""{"type":"release"}""", "release without nameplate must follow claim")]
    [TestCase("""{"type":"open"}""", "open requires 'mailbox'")]
    [TestCase("""{"type":"open","mailbox":1e999}""", "'mailbox' must be text")]
    [TestCase("""{"type":"open","mailbox":"m","since":-1}""", "'since' must be a whole number")]
    [TestCase("""{"type":"open","mailbox":"\ud800"}""", "must be a JSON object")]
    [TestCase("""{"type":"add","phase":"0","body":"00"}""", "must open mailbox before adding")]
    [TestCase("""{"type":"close","mailbox":null,"mood":{}}""", "'mailbox' must be text")]
    [TestCase("""{"type":"close"}""", "close without mailbox must follow open")]
    [TestCase("""{"type":"ping"}""", "ping requires 'ping'")]
    [TestCase("""{"type":"submit-permissions","method":"none"}""", "unknown type")]
    public async Task AfterBind_IsAnsweredWithItsFault(string frame, string fault)
    {
        using var client = await server.BindAsync("a");
        Assert.That(await client.ErrorAsync(frame), Does.Contain(fault));
        Assert.That((string?)(await client.AskAsync("""{"type":"list"}"""))[0]["type"], Is.EqualTo("nameplates"));
    }

    [TestCase("""{"type":"add","body":"00"}""", "missing 'phase'")]
    [TestCase("""{"type":"add","phase":"0"}""", "missing 'body'")]
    [TestCase("""{"type":"add","phase":0,"body":"00"}""", "'phase' must be text")]
    [TestCase("""{"type":"add","phase":"0","body":["00"]}""", "'body' must be text")]
    [TestCase("""{"type":"open","mailbox":"n"}""", "only one open per connection")]
    [TestCase("""{"type":"close","mailbox":"n"}""", "open and close must use same mailbox")]
    public async Task AfterOpen_IsAnsweredWithItsFault(string frame, string fault)
    {
        using var client = await server.BindAsync("a");
        await client.AskAsync("""{"type":"open","mailbox":"m"}""");
        Assert.That(await client.ErrorAsync(frame), Does.Contain(fault));
        Assert.That((string?)(await client.AskAsync("""{"type":"close"}"""))[0]["type"], Is.EqualTo("closed"));
    }

    [Test]
    public async Task DeepNestingBadUtf8AndBinaryFrames_AreAnsweredToo()
    {
        using var client = await server.BindAsync("a");
        foreach (var depth in new[] { 63, 64, 65, 1000, 100_000 })
        {
            var answers = await client.AskAsync($$"""{"type":"nonsense","x":{{new string('[', depth)}}{{new string(']', depth)}}}""");
            Assert.That(answers.Select(each => (string?)each["type"]), Is.EqualTo(new[] { "error" }));
        }

        foreach (var bad in new byte[][] { [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0] })
        {
            byte[] frame = [.. "{\"type\":\"open\",\"mailbox\":\""u8, .. bad, .. "\"}"u8];
            await client.SendAsync(frame, WebSocketMessageType.Text);
            Assert.That((string?)(await client.HearAsync())![0]["error"], Does.Contain("JSON object"), Convert.ToHexString(bad));
        }

        await client.SendAsync(Encoding.UTF8.GetBytes("""{"type":"list"}"""), WebSocketMessageType.Binary);
        Assert.That((string?)(await client.HearAsync())![0]["type"], Is.EqualTo("nameplates"), "either kind of frame will do");
    }

    [Test]
    public async Task NumberBeyondAllBounds_IsAnswered()
    {
        using var client = await server.BindAsync("a");
        var digits = new string('9', 100_000);
        Assert.That(await client.ErrorAsync($$"""{"type":"open","mailbox":{{digits}}}"""), Does.Contain("'mailbox' must be text"));
        Assert.That(await client.ErrorAsync($$"""{"type":{{digits}}}"""), Does.Contain("'type' must be text"));
        Assert.That(await client.AskAsync($$"""{"type":"open","mailbox":"m","keep":{{digits[..200]}}}"""), Is.Empty, "as long as may be");
    }
}
