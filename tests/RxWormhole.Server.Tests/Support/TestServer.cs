using System.Net;
using System.Net.WebSockets;
using System.Reactive.Concurrency;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RxWormhole.Server.Tests;

/// <summary>A mailbox server and a relay behind one Kestrel, with whatever a test wants to put in their places.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    /// <summary>The address that plays the proxy: every client of a test comes from there.</summary>
    internal const string Proxy = "127.0.0.1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication app;

    private TestServer(WebApplication app) => this.app = app;

    internal MailboxHub Hub => app.Services.GetRequiredService<MailboxHub>();

    internal RelayHub Relay => app.Services.GetRequiredService<RelayHub>();

    internal IPEndPoint RelayEndPoint => app.Services.GetRequiredService<RelayListenerFactory>().Bound!;

    internal int Port { get; private set; }

    internal Uri Mailbox => new($"ws://127.0.0.1:{Port}/v1");

    internal Uri WebRelay => new($"ws://127.0.0.1:{Port}/relay");

    internal static async Task<TestServer> StartAsync(
        Action<MailboxServerOptions>? mailbox = null,
        Action<RelayServerOptions>? relay = null,
        IScheduler? scheduler = null,
        IMailboxStore? store = null,
        ILoggerFactory? loggers = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddWormholeMailbox(configure: mailbox);
        builder.Services.AddWormholeRelay(configure: relay);
        if (scheduler is not null)
            builder.Services.AddSingleton(scheduler);
        if (store is not null)
            builder.Services.AddSingleton(store);
        if (loggers is not null)
            builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.ListenWormholeRelay(IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        app.MapWormholeMailbox();
        app.MapWormholeRelay();
        await app.StartAsync();
        var server = new TestServer(app);
        server.Port = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Select(address => new Uri(address).Port).First(port => port != server.RelayEndPoint.Port && port != 0);
        return server;
    }

    /// <summary>Connects, as somebody from another address would through the proxy.</summary>
    internal async Task<MailboxClient> DialAsync(string? from = null)
    {
        var client = new MailboxClient(from);
        await client.ConnectAsync(Mailbox);
        return client;
    }

    /// <summary>Connects and binds.</summary>
    internal async Task<MailboxClient> BindAsync(string side, string? from = null, string appId = "example.com/test")
    {
        var client = await DialAsync(from);
        Assert.That(await client.AskAsync($$"""{"type":"bind","appid":"{{appId}}","side":"{{side}}"}"""), Is.Empty);
        return client;
    }

    /// <summary>Tries to connect where it is to be refused.</summary>
    /// <returns>The status.</returns>
    internal async Task<HttpStatusCode> RefusalAsync(string? from = null, Uri? uri = null)
    {
        using var client = new MailboxClient(from);
        Assert.That(() => client.ConnectAsync(uri ?? Mailbox), Throws.InstanceOf<WebSocketException>());
        await Task.CompletedTask;
        return client.Status;
    }

    /// <summary>Begins to stop, as SIGTERM does.</summary>
    internal Task StopAsync() => app.StopAsync().WaitAsync(Patience);

    internal IHostApplicationLifetime Lifetime => app.Lifetime;

    /// <summary>Waits until the server has come to something.</summary>
    internal static void Until(Func<bool> holds, string what) => Assert.That(() => holds(), Is.True.After(20_000, 5), what);

    public async ValueTask DisposeAsync()
    {
        // Whoever still counts would be waited for, on a clock that may stand.
        Until(() => Hub.Connections == 0 && Relay.Connections == 0, "everybody is gone");
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
