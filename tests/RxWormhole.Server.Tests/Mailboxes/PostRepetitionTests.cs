using System.Text.Json.Nodes;

namespace RxWormhole.Server.Tests;

/// <summary>A request that is repeated because its answer was lost is answered as before and changes nothing.</summary>
public sealed class PostRepetitionTests : PostFixture
{
    private const string Allocate = """{"type":"allocate"}""";
    private const string Open = """{"type":"open","mailbox":"box"}""";
    private const string Add = """{"type":"add","phase":"0","body":"00","id":"first"}""";
    private const string Close = """{"type":"close","mailbox":"box","mood":"happy"}""";

    [Test]
    public async Task Allocate_GivesTheSameNameplate()
    {
        var name = (string)The("allocated", await PostAsync("aa", Allocate))["nameplate"]!;
        Assert.That((string)The("allocated", await PostAsync("aa", Allocate))["nameplate"]!, Is.EqualTo(name));
        Assert.That((string)The("allocated", await PostAsync("bb", Allocate))["nameplate"]!, Is.Not.EqualTo(name));
        Assert.That(The("nameplates", await PostAsync("cc", """{"type":"list"}"""))["nameplates"]!.AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Claim_GivesTheSameMailbox()
    {
        var claim = """{"type":"claim","nameplate":"4"}""";
        var mailbox = (string)The("claimed", await PostAsync("aa", claim))["mailbox"]!;
        Assert.That((string)The("claimed", await PostAsync("aa", claim))["mailbox"]!, Is.EqualTo(mailbox));
        Assert.That((string)The("claimed", await PostAsync("bb", claim))["mailbox"]!, Is.EqualTo(mailbox), "the second side still has its place");
        Assert.That((string)The("claimed", await PostAsync("aa", claim))["mailbox"]!, Is.EqualTo(mailbox));
        Assert.That((string)The("error", await PostAsync("cc", claim))["error"]!, Is.EqualTo("crowded"));
    }

    [Test]
    public async Task ClaimAndRelease_InOneRequest_CanBeRepeated()
    {
        await PostAsync("bb", """{"type":"claim","nameplate":"4"}""");
        var commands = new[] { """{"type":"claim","nameplate":"4"}""", """{"type":"release","nameplate":"4"}""" };
        var before = Timeless(await PostAsync("aa", commands));
        Assert.That(before, Does.Contain("claimed").And.Contain("released"));
        Assert.That(Timeless(await PostAsync("aa", commands)), Is.EqualTo(before));
    }

    [Test]
    public async Task Release_IsAnsweredAgain()
    {
        await PostAsync("aa", """{"type":"claim","nameplate":"4"}""");
        for (var i = 0; i < 2; i++)
            Assert.That(Types(await PostAsync("aa", """{"type":"release","nameplate":"4"}""")), Is.EqualTo(new[] { "welcome", "ack", "ack", "released" }));
        Assert.That(The("nameplates", await PostAsync("bb", """{"type":"list"}"""))["nameplates"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Add_IsEchoedAndNotStoredTwice()
    {
        var before = Strip(The("message", await PostAsync("aa", Open, Add)));
        var repeated = All("message", await PostAsync("aa", Open, Add));
        Assert.That(repeated.Select(Strip), Is.EqualTo(new[] { before, before }), "once as what lies in the mailbox, once as the echo");
        Assert.That(All("message", await PostAsync("bb", Open)), Has.Length.EqualTo(1));

        static string Strip(JsonNode message)
        {
            message.AsObject().Remove("server_tx");
            return message.ToJsonString();
        }
    }

    [Test]
    public async Task Add_WithAnotherBodyOrOfAnotherSide_IsAnotherMessage()
    {
        await PostAsync("aa", Open, Add);
        await PostAsync("aa", Open, Add.Replace("00", "01", StringComparison.Ordinal));
        await PostAsync("bb", Open, Add);
        Assert.That(All("message", await PostAsync("bb", Open)), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task Add_TwiceInOneRequest_IsStoredOnce()
    {
        await PostAsync("aa", Open, Add, Add);
        Assert.That(All("message", await PostAsync("bb", Open)), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task AddIntoAFullMailbox_RepeatsWhatIsThere()
    {
        await Start(options => options.Limits.MessagesPerMailbox = 10);
        var adds = Enumerable.Range(0, 10).Select(i => $$"""{"type":"add","phase":"{{i}}","body":"00"}""").ToArray();
        await PostAsync("aa", [Open, .. adds]);
        Assert.That(Types(await PostAsync("aa", [Open, .. adds])), Does.Not.Contain("error"));
        Assert.That((string)The("error", await PostAsync("aa", Open, """{"type":"add","phase":"10","body":"00"}"""))["error"]!, Does.Contain("full"));
    }

    [Test]
    public async Task Close_IsAnsweredAgain()
    {
        await PostAsync("bb", Open);
        await PostAsync("aa", Open, Add);
        for (var i = 0; i < 2; i++)
            Assert.That(Types(await PostAsync("aa", Close)), Is.EqualTo(new[] { "welcome", "ack", "ack", "closed" }));
        Assert.That(All("message", await PostAsync("bb", Open)), Has.Length.EqualTo(1), "the other side is still there");
        for (var i = 0; i < 2; i++)
            Assert.That(Types(await PostAsync("bb", Close)), Is.EqualTo(new[] { "welcome", "ack", "ack", "closed" }), "gone with the last side, and closed all the same");
        Assert.That(Hub.Store.Size, Is.Zero);
    }

    [Test]
    public async Task EverythingAtOnce_Repeated_LeavesNothing()
    {
        var commands = new[] { """{"type":"claim","nameplate":"4"}""", """{"type":"release","nameplate":"4"}""", Open, Add, Close };
        var before = Types(await PostAsync("aa", commands));
        Assert.That(Types(await PostAsync("aa", commands)), Is.EqualTo(before));
        Assert.That(Hub.Store.Size, Is.Zero);
        Assert.That(The("nameplates", await PostAsync("bb", """{"type":"list"}"""))["nameplates"]!.AsArray(), Is.Empty);
    }
}
