namespace RxWormhole.Server.Tests;

/// <summary>Nobody else can spoil a session, and nobody spoils their own by repeating or leaving something out.</summary>
public sealed class StrangerTests
{
    private TestServer server = null!;

    [SetUp]
    public async Task Start() => server = await TestServer.StartAsync();

    [TearDown]
    public async Task Stop() => await server.DisposeAsync();

    [Test]
    public async Task ThirdSide_IsRefusedAndTheFirstTwoComeBackAsOftenAsTheyLike()
    {
        using var a = await server.BindAsync("a");
        using var b = await server.BindAsync("b");
        var mailbox = await ClaimAsync(a);
        await ClaimAsync(b);
        using (var stranger = await server.BindAsync("c"))
        {
            Assert.That(await stranger.ErrorAsync("""{"type":"claim","nameplate":"4"}"""), Is.EqualTo("crowded"));
            Assert.That(await stranger.ErrorAsync($$"""{"type":"open","mailbox":"{{mailbox}}"}"""), Is.EqualTo("crowded"));
            Assert.That(await stranger.ErrorAsync($$"""{"type":"close","mailbox":"{{mailbox}}"}"""), Is.EqualTo("crowded"));
            Assert.That((string?)(await stranger.AskAsync("""{"type":"release","nameplate":"4"}"""))[0]["type"], Is.EqualTo("released"), "of nothing");
        }

        for (var i = 0; i < 3; i++)
        {
            using var again = await server.BindAsync("a");
            Assert.That(await ClaimAsync(again), Is.EqualTo(mailbox));
            Assert.That(await again.AskAsync($$"""{"type":"open","mailbox":"{{mailbox}}"}"""), Has.Count.EqualTo(i));
            await again.AskAsync("""{"type":"add","phase":"0","body":"00"}""");
        }

        foreach (var client in new[] { a, b })
        {
            await client.AskAsync("""{"type":"release"}""");
            await client.AskAsync($$"""{"type":"close","mailbox":"{{mailbox}}"}""");
        }

        Assert.That(server.Hub.Store.Size, Is.Zero, "the stranger keeps nothing alive");
        Assert.That((await a.AskAsync("""{"type":"list"}"""))[0]["nameplates"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task ClosingWithoutRelease_TakesTheNameplateAlong()
    {
        using var a = await server.BindAsync("a");
        using var b = await server.BindAsync("b");
        var mailbox = await ClaimAsync(a);
        await ClaimAsync(b);
        foreach (var client in new[] { a, b })
            Assert.That((string?)(await client.AskAsync($$"""{"type":"close","mailbox":"{{mailbox}}"}"""))[0]["type"], Is.EqualTo("closed"));
        Assert.That((await a.AskAsync("""{"type":"list"}"""))[0]["nameplates"]!.AsArray(), Is.Empty);
        using var next = await server.BindAsync("a");
        Assert.That(await ClaimAsync(next), Is.Not.EqualTo(mailbox), "it is free for something new");
    }

    [Test]
    public async Task ReopeningAfterClose_TakesPartAgain()
    {
        using var a = await server.BindAsync("a");
        using var b = await server.BindAsync("b");
        foreach (var client in new[] { a, b })
            await client.AskAsync("""{"type":"open","mailbox":"m"}""");
        await b.AskAsync("""{"type":"add","phase":"0","body":"00"}""");
        await a.HearAsync();
        await a.AskAsync("""{"type":"close"}""");
        Assert.That(await a.AskAsync("""{"type":"open","mailbox":"m"}"""), Has.Count.EqualTo(1), "what lies there comes again");
        await b.AskAsync("""{"type":"add","phase":"1","body":"00"}""");
        Assert.That(await a.HearAsync(), Has.Count.EqualTo(1), "and what is new");
        Assert.That(await a.ErrorAsync("""{"type":"close"}"""), Is.EqualTo("only one close per connection"));
    }

    [Test]
    public async Task Allocate_GivesAWaitingSideTheSameAgainAndNeverZero()
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        using var first = await server.BindAsync("side 0");
        var own = await AllocateAsync(first);
        names.Add(own);
        for (var i = 1; i < 12; i++)
        {
            using var other = await server.BindAsync($"side {i}");
            names.Add(await AllocateAsync(other));
        }

        Assert.That(names.Where(name => name.Length == 1), Is.EqualTo(Enumerable.Range(1, 9).Select(digit => $"{digit}")), "the shortest first");
        Assert.That(names, Has.Count.EqualTo(12));
        using var back = await server.BindAsync("side 0");
        Assert.That(await AllocateAsync(back), Is.EqualTo(own));
        using var otherApp = await server.BindAsync("side 1", appId: "example.com/other");
        Assert.That(await AllocateAsync(otherApp), Has.Length.EqualTo(1), "each application has names of its own");
    }

    private static async Task<string> AllocateAsync(MailboxClient client) => (string)(await client.AskAsync("""{"type":"allocate"}"""))[0]["nameplate"]!;

    private static async Task<string> ClaimAsync(MailboxClient client) =>
        (string)(await client.AskAsync("""{"type":"claim","nameplate":"4"}"""))[0]["mailbox"]!;
}
