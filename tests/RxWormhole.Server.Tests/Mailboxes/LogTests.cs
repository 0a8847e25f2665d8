using System.Net.Http.Headers;
using System.Text;

namespace RxWormhole.Server.Tests;

/// <summary>What a busy server logs, of every level, says nothing about anybody.</summary>
public sealed class LogTests
{
    private const string Address = "203.0.113.77";
    private const string Nameplate = "739146285013";
    private const string Side = "5ecre7side";
    private const string App = "example.com/secret-app";
    private const string Phase = "secret-phase";
    private const string Body = "b0d1e5b0d1e5";
    private const string Mood = "secret-mood";
    private const char Token = 'Q';

    private LogRecorder logs = null!;
    private WatchedStore store = null!;
    private TestServer server = null!;

    [SetUp]
    public void Begin() => (logs, store) = (new LogRecorder(), new WatchedStore(new MemoryMailboxStore()));

    [TearDown]
    public async Task Stop() => await server.DisposeAsync();

    [Test]
    public async Task BusyServer_LogsNothingAboutAnybody()
    {
        await StartAsync(_ => { }, _ => { });
        var mailbox = await BeBusyAsync();
        await server.StopAsync();
        Assert.That(logs.Entries, Has.Count.GreaterThan(20), "it does log");
        foreach (var secret in new[] { mailbox, Address, Nameplate, Side, App, Phase, Body, Mood, new string(Token, 64) })
            Assert.That(logs.Entries.Where(entry => entry.Contains(secret, StringComparison.OrdinalIgnoreCase)), Is.Empty, secret);
    }

    [Test]
    public async Task OperatorAsksForAddresses_TheyAreLoggedAndNothingElse()
    {
        await StartAsync(options => options.LogAddresses = true, options => options.LogAddresses = true);
        var mailbox = await BeBusyAsync();
        await server.StopAsync();
        Assert.That(logs.Entries.Where(entry => entry.Contains($"A connection from {Address}", StringComparison.Ordinal)), Is.Not.Empty);
        Assert.That(logs.Entries.Where(entry => entry.Contains($"A relay connection from {Address}", StringComparison.Ordinal)), Is.Not.Empty);
        foreach (var secret in new[] { mailbox, Nameplate, Side, App, Phase, Body, Mood, new string(Token, 64) })
            Assert.That(logs.Entries.Where(entry => entry.Contains(secret, StringComparison.OrdinalIgnoreCase)), Is.Empty, secret);
    }

    private async Task StartAsync(Action<MailboxServerOptions> mailbox, Action<RelayServerOptions> relay) => server = await TestServer.StartAsync(
        options =>
        {
            options.TrustedProxies.Add(TestServer.Proxy);
            mailbox(options);
        },
        options =>
        {
            options.TrustedProxies.Add(TestServer.Proxy);
            relay(options);
        },
        store: store,
        loggers: logs);

    private async Task<string> BeBusyAsync()
    {
        string mailbox;
        using (var client = await server.BindAsync(Side, Address, App))
        {
            mailbox = (string)(await client.AskAsync($$"""{"type":"claim","nameplate":"{{Nameplate}}"}"""))[0]["mailbox"]!;
            await client.AskAsync($$"""{"type":"open","mailbox":"{{mailbox}}"}""");
            await client.AskAsync(Add);
            await client.ErrorAsync($$"""{"type":"{{Phase}}","x":"{{Body}}"}""");
            await client.SendAsync(Encoding.UTF8.GetBytes($"{Nameplate}{Body}{{"));
            await client.HearAsync();
            await client.AskAsync($$"""{"type":"close","mood":"{{Mood}}"}""");
        }

        using (var http = new HttpClient())
        {
            http.DefaultRequestHeaders.Add("X-Forwarded-For", Address);
            using var content = new StringContent($$"""[{"type":"bind","appid":"{{App}}","side":"{{Side}}"},{"type":"open","mailbox":"{{mailbox}}"},{{Add}}]""");
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await http.PostAsync(new UriBuilder(server.Mailbox) { Scheme = "http" }.Uri, content);
        }

        using (var unlucky = await server.BindAsync(Side, Address, App))
        {
            store.IsBroken = true;
            await unlucky.SendAsync($$"""{"type":"claim","nameplate":"{{Nameplate}}"}""");
            await unlucky.ReadToEndAsync();
            store.IsBroken = false;
        }

        using (var relayed = new MailboxClient(Address))
        {
            await relayed.ConnectAsync(server.WebRelay);
            await relayed.SendAsync(Encoding.ASCII.GetBytes(RelayLink.Request(Token, "one")), System.Net.WebSockets.WebSocketMessageType.Binary);
            TestServer.Until(() => server.Relay.Room.Waiting == 1, "it waits");
        }

        TestServer.Until(() => server.Hub.Connections == 0 && server.Relay.Connections == 0, "everybody is gone");
        return mailbox;
    }

    private static string Add => $$"""{"type":"add","phase":"{{Phase}}","body":"{{Body}}"}""";
}
