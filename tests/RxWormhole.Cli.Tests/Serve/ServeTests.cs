using System.Net;
using RxWormhole.Interop.Tests;

namespace RxWormhole.Cli.Tests;

/// <summary><c>rxwormhole serve</c> as people run it: what it prints, and what is reachable where.</summary>
public sealed class ServeTests
{
    private static readonly HttpClient Http = new();

    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("rxwormhole-cli-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task FreePorts_AreTheOnesItAnnounces()
    {
        using var server = new ServeProcess(relay: "127.0.0.1:0", metrics: "127.0.0.1:0");
        Assert.That(new[] { server.Mailbox.Port, server.Relay.Port, server.Metrics.Port }, Is.Unique.And.All.GreaterThan(0));
        Assert.That(server.Process.WaitFor(each => each.Output.EndsWith("send FILE\n", StringComparison.Ordinal) ? each.Output : null), Does.EndWith(
            $"\n\nTell clients with\n  export WORMHOLE_RELAY_URL={server.Mailbox}\n  export WORMHOLE_TRANSIT_HELPER=tcp:{server.Relay.Authority}\n"
            + $"or\n  wormhole --relay-url={server.Mailbox} --transit-helper=tcp:{server.Relay.Authority} send FILE\n"));
        using var client = await RawMailbox.ConnectAsync(server.Mailbox);
        await client.BindAsync();
        Assert.That(server.Process.Errors, Is.Empty);
    }

    [TestCase("/healthz")]
    [TestCase("/readyz")]
    public async Task Health_IsSaid(string path)
    {
        using var server = new ServeProcess(options: ["--db", Path.Combine(folder, "db")]);
        using var answer = await Http.GetAsync(new Uri($"http://{server.Mailbox.Authority}{path}"));
        Assert.That((answer.StatusCode, await answer.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.OK, "Healthy")));
    }

    [Test]
    public async Task Metrics_AreToldAtTheirAddress()
    {
        using var server = new ServeProcess(metrics: "127.0.0.1:0");
        using var client = await RawMailbox.ConnectAsync(server.Mailbox);
        await client.BindAsync();
        var text = await Http.GetStringAsync(server.Metrics);
        Assert.That(text, Does.Match(@"(?m)^rxwormhole_mailbox_connections\{.*\} 1").And.Match(@"(?m)^rxwormhole_mailbox_commands_total\{.*\} 1").And.Contain("dotnet_"));
    }

    // The Host header is the client's; the port it came in by is not.
    [TestCase(null)]
    [TestCase("metrics")]
    public async Task Metrics_AreNotToldAtThePublicAddress(string? host)
    {
        using var server = new ServeProcess(metrics: "127.0.0.1:0");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://{server.Mailbox.Authority}/metrics"));
        request.Headers.Host = host is null ? null : server.Metrics.Authority;
        using var answer = await Http.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Options_WinOverTheEnvironmentAndThatOverTheFile()
    {
        var file = Path.Combine(folder, "serve.json");
        await File.WriteAllTextAsync(file, """{"Mailbox": {"Motd": "from the file", "CurrentCliVersion": "1.0", "Error": "shut"}}""");
        var environment = new Dictionary<string, string> { ["RXWORMHOLE_Mailbox__Motd"] = "from the environment", ["RXWORMHOLE_Mailbox__CurrentCliVersion"] = "2.0" };
        using var server = new ServeProcess(options: ["--config", file, "--motd", "from an option"], run: (program, arguments) => new PeerProcess(program, arguments, environment));
        using var client = await RawMailbox.ConnectAsync(server.Mailbox);
        var welcome = (await client.HearAsync())!["welcome"]!;
        Assert.That(
            ((string?)welcome["motd"], (string?)welcome["current_cli_version"], (string?)welcome["error"]),
            Is.EqualTo(("from an option", "2.0", "shut")));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Database_IsAFileOrMemory(bool isFile)
    {
        using var server = new ServeProcess(options: ["--db", isFile ? Path.Combine(folder, "mailboxes.db") : "memory"]);
        await OpenAsync(server, add: true);
        server.Kill();
        server.Restart();
        Assert.That(await OpenAsync(server, add: false), Is.EqualTo(isFile ? 1 : 0));
        Assert.That(Directory.GetFiles(folder), isFile ? Is.Not.Empty : Is.Empty);
    }

    [Test]
    public async Task RelayAlone_HasNoMailbox()
    {
        using var server = new ServeProcess(mailbox: "none", relay: "127.0.0.1:0");
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Relay.Port);
        await client.GetStream().WriteAsync("hello\n"u8.ToArray());
        using var reader = new StreamReader(client.GetStream());
        Assert.That(await reader.ReadLineAsync().WaitAsync(PeerProcess.Patience), Is.EqualTo("bad handshake"));
        Assert.That(server.Process.Output, Is.EqualTo($"relay tcp:{server.Relay.Authority}\n"));
    }

    // How many messages there are in a mailbox.
    private static async Task<int> OpenAsync(ServeProcess server, bool add)
    {
        using var client = await RawMailbox.ConnectAsync(server.Mailbox);
        await client.BindAsync();
        await client.SayAsync(new() { ["type"] = "open", ["mailbox"] = "m" });
        if (add)
            await client.SayAsync(new() { ["type"] = "add", ["phase"] = "0", ["body"] = "00" });
        await client.SayAsync(new() { ["type"] = "ping", ["ping"] = 1 });
        var messages = 0;
        while (await client.HearAsync() is { } answer && (string?)answer["type"] != "pong")
            messages += (string?)answer["type"] == "message" ? 1 : 0;
        return messages;
    }
}
