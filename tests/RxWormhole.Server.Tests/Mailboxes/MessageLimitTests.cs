using System.Net;
using System.Net.WebSockets;
using Microsoft.Reactive.Testing;

namespace RxWormhole.Server.Tests;

/// <summary>How much a mailbox server takes: what happens at each limit, and just beyond.</summary>
public sealed class MessageLimitTests
{
    private readonly TestScheduler clock = new();
    private TestServer server = null!;

    [TearDown]
    public async Task Stop() => await server.DisposeAsync();

    [Test]
    public async Task FrameBytes_OneMoreEndsTheConnection([Values] bool inFragments)
    {
        server = await TestServer.StartAsync(options => options.Limits.FrameBytes = 2000);
        using var client = await server.BindAsync("a");
        Assert.That(await client.AskAsync(Frame(2000)), Has.Count.EqualTo(1), "an error, and the connection lives");
        var frame = System.Text.Encoding.ASCII.GetBytes(Frame(2001)).AsMemory();
        if (inFragments)
        {
            for (var i = 0; i < 2000; i += 500)
                await client.SendAsync(frame.Slice(i, 500), isWhole: false);
            await client.SendAsync(frame[2000..]);
        }
        else
        {
            await client.SendAsync(frame);
        }

        var (code, reason) = await client.ReadToEndAsync();
        Assert.That(code, Is.EqualTo(1009));
        Assert.That(reason, Does.Contain("2000 bytes"));
    }

    [Test]
    public async Task MessagesPerMailbox_OneMoreIsAnError()
    {
        server = await TestServer.StartAsync(options => options.Limits.MessagesPerMailbox = 10);
        using var client = await OpenAsync("a");
        for (var i = 0; i < 10; i++)
            Assert.That(await client.AskAsync(Add($"{i}", "00")), Has.Count.EqualTo(1));
        Assert.That(await client.ErrorAsync(Add("10", "00")), Does.Contain("full").And.Contain("10 messages"));
        Assert.That((string?)(await client.AskAsync("""{"type":"close"}"""))[0]["type"], Is.EqualTo("closed"));
    }

    [Test]
    public async Task SizePerMailbox_OneMoreIsAnError()
    {
        server = await TestServer.StartAsync(options => options.Limits.SizePerMailbox = 1024);
        using var client = await OpenAsync("a");
        Assert.That(await client.ErrorAsync(Add("0", new string('0', 1025))), Does.Contain("full").And.Contain("1024 characters"));
        Assert.That(await client.AskAsync(Add("0", new string('0', 900))), Has.Count.EqualTo(1));
        Assert.That(await client.ErrorAsync(Add("1", new string('0', 200))), Does.Contain("full"));
        Assert.That(await client.AskAsync(Add("1", "00")), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task WhatAMessageCarriesBesidesItsBody_CountsToo()
    {
        server = await TestServer.StartAsync(options => options.Limits.SizePerMailbox = 1024);
        using var client = await OpenAsync("a");
        for (var i = 0; i < 4; i++)
            await client.AskAsync($$"""{"type":"add","phase":"0","body":"00","id":"{{new string('x', 240)}}"}""");
        Assert.That(await client.ErrorAsync($$"""{"type":"add","phase":"0","body":"00","id":"{{new string('x', 240)}}"}"""), Does.Contain("full"));
        Assert.That(server.Hub.Store.Size, Is.InRange(900, 1024));
    }

    [Test]
    public async Task TotalSize_OneMoreIsAnErrorUntilSomethingGoes()
    {
        server = await TestServer.StartAsync(options => (options.Limits.SizePerMailbox, options.Limits.TotalSize) = (1024, 1500));
        using var one = await OpenAsync("a", "m");
        using var two = await OpenAsync("a", "n");
        await one.AskAsync(Add("0", new string('0', 900)));
        Assert.That(await two.ErrorAsync(Add("0", new string('0', 700))), Does.Contain("this server is full"));
        await one.AskAsync("""{"type":"close"}""");
        Assert.That(await two.AskAsync(Add("0", new string('0', 700))), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Connections_OneMoreIsRefused()
    {
        server = await TestServer.StartAsync(options => options.Limits.Connections = 2);
        using var one = await server.DialAsync();
        using var two = await server.DialAsync();
        Assert.That(await server.RefusalAsync(), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        one.Dispose();
        TestServer.Until(() => server.Hub.Connections == 1, "one has left");
        using var three = await server.DialAsync();
    }

    [Test]
    public async Task MessageRate_OneMoreEndsTheConnection()
    {
        server = await TestServer.StartAsync(options => (options.Limits.MessagesPerSecond, options.Limits.MessageBurst) = (5, 20), scheduler: clock);
        using var client = await server.BindAsync("a");
        for (var i = 0; i < 9; i++)
            await client.HearAsync();
        clock.AdvanceBy(TimeSpan.FromSeconds(1).Ticks);
        // 2 to bind, 9 pings: 9 are left of 20, and 5 more have come.
        for (var i = 0; i < 14; i++)
            Assert.That(await client.HearAsync(), Is.Empty, $"message {i}");
        await client.SendAsync("""{"type":"ping","ping":0}""");
        Assert.That(await client.ReadToEndAsync(), Is.EqualTo((1008, "too many messages in a short time")));
    }

    [Test]
    public async Task BindDeadline_EndsWhoDoesNotBind()
    {
        server = await TestServer.StartAsync(scheduler: clock);
        using var late = await server.DialAsync();
        using var bound = await server.BindAsync("a");
        clock.AdvanceBy(TimeSpan.FromSeconds(59).Ticks);
        Assert.That(await late.HearAsync(), Is.Empty);
        clock.AdvanceBy(TimeSpan.FromSeconds(2).Ticks);
        Assert.That(await late.ReadToEndAsync(), Is.EqualTo((1008, "no bind came in time")));
        Assert.That(await bound.HearAsync(), Is.Empty);
    }

    [Test]
    public async Task UnsentSize_EndsWhoReadsTooSlowly()
    {
        server = await TestServer.StartAsync(
            options => (options.Limits.SizePerMailbox, options.Limits.UnsentSize) = (1 << 20, 16 << 20), scheduler: clock);
        using var client = await server.DialAsync();
        var ping = $$"""{"type":"ping","ping":"{{new string('x', 500_000)}}"}""";
        // What the system's buffers take comes first.
        await SendUntilAsync(client, ping, () => Rejections > 0);
        clock.AdvanceBy(TimeSpan.FromSeconds(6).Ticks);
        TestServer.Until(() => server.Hub is { Connections: 0, Unsent: 0 }, "nobody waits for it for ever");
    }

    [Test]
    public async Task WhoSaysGoodbyeAndDoesNotRead_IsNotWaitedForEither()
    {
        server = await TestServer.StartAsync(scheduler: clock);
        using var client = await server.DialAsync();
        var ping = $$"""{"type":"ping","ping":"{{new string('x', 500_000)}}"}""";
        await SendUntilAsync(client, ping, () => server.Hub.Unsent > 16 << 20);
        await client.CloseAsync();
        TestServer.Until(
            () =>
            {
                clock.AdvanceBy(TimeSpan.FromSeconds(1).Ticks);
                return server.Hub is { Connections: 0, Unsent: 0 };
            },
            "nobody waits for it for ever");
    }

    [Test]
    public async Task UnsentOfAllTogether_EndsWhoAsksForMore()
    {
        server = await TestServer.StartAsync(
            options => (options.Limits.SizePerMailbox, options.Limits.UnsentSize, options.Limits.TotalSize) = (1 << 20, 64 << 20, 16 << 20), scheduler: clock);
        using var before = await server.DialAsync();
        using var greedy = await server.DialAsync();
        await SendUntilAsync(greedy, $$"""{"type":"ping","ping":"{{new string('x', 500_000)}}"}""", () => Rejections > 0);
        Assert.That(await before.HearAsync(), Is.Empty, "who asks for little is served");
        before.Dispose();
        clock.AdvanceBy(TimeSpan.FromSeconds(6).Ticks);
        TestServer.Until(() => server.Hub is { Connections: 0, Unsent: 0 }, "it is given back");
        using var modest = await server.DialAsync();
        Assert.That(await modest.HearAsync(), Is.Empty);
    }

    [Test]
    public async Task WhoReadsNothing_IsCutThoughLittleWaits()
    {
        server = await TestServer.StartAsync(scheduler: clock);
        using var client = await server.DialAsync();
        await SendUntilAsync(client, $$"""{"type":"ping","ping":"{{new string('x', 500_000)}}"}""", () => server.Hub.Unsent > 4 << 20);
        clock.AdvanceBy(TimeSpan.FromSeconds(25).Ticks);
        Assert.That(server.Hub.Connections, Is.EqualTo(1));
        clock.AdvanceBy(TimeSpan.FromSeconds(20).Ticks);
        TestServer.Until(() => server.Hub is { Connections: 0, Unsent: 0 }, "it is cut");
    }

    [Test]
    public async Task HalfAMessage_IsNotWaitedForForEver()
    {
        server = await TestServer.StartAsync(scheduler: clock);
        using var client = await server.BindAsync("a");
        await client.SendAsync(new byte[100_000], isWhole: false);
        TestServer.Until(() => server.Hub.Unsent > 0, "what has come takes room");
        clock.AdvanceBy(TimeSpan.FromSeconds(50).Ticks);
        Assert.That(server.Hub.Connections, Is.EqualTo(1));
        clock.AdvanceBy(TimeSpan.FromSeconds(25).Ticks);
        TestServer.Until(() => server.Hub is { Connections: 0, Unsent: 0 }, "it is cut");
    }

    private long Rejections => rejections.Count;

    private readonly RejectionCounter rejections = new();

    [OneTimeTearDown]
    public void Forget() => rejections.Dispose();

    [SetUp]
    public void Count() => rejections.Reset();

    private static async Task SendUntilAsync(MailboxClient client, string frame, Func<bool> isEnough)
    {
        for (var i = 0; i < 200 && !isEnough(); i++)
        {
            try
            {
                await client.SendAsync(frame);
            }
            catch (WebSocketException)
            {
                break;
            }
        }

        TestServer.Until(isEnough, "it does not read, and the server has noticed");
    }

    private static string Frame(int length)
    {
        const string Rest = """{"type":"nothing","x":""}""";
        return Rest.Insert(Rest.Length - 2, new string('x', length - Rest.Length));
    }

    private static string Add(string phase, string body) => $$"""{"type":"add","phase":"{{phase}}","body":"{{body}}"}""";

    private async Task<MailboxClient> OpenAsync(string side, string mailbox = "m")
    {
        var client = await server.BindAsync(side);
        Assert.That(await client.AskAsync($$"""{"type":"open","mailbox":"{{mailbox}}"}"""), Is.Empty);
        return client;
    }
}
