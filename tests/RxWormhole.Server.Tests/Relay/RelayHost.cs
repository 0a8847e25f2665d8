using System.Net;
using System.Reactive.Concurrency;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace RxWormhole.Server.Tests;

/// <summary>A relay with all its doors: sockets of its own, Kestrel's, and WebSockets.</summary>
internal sealed class RelayHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private RelayHost(WebApplication app) => this.app = app;

    internal RelayHub Hub => app.Services.GetRequiredService<RelayHub>();

    internal IPEndPoint Fast => app.Services.GetRequiredService<RelayListenerFactory>().Bound!;

    internal IPEndPoint Piped { get; private set; } = null!;

    internal Uri Web { get; private set; } = null!;

    internal static async Task<RelayHost> StartAsync(Action<RelayServerOptions>? configure = null, IScheduler? scheduler = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddWormholeRelay(configure: configure);
        if (scheduler is not null)
            builder.Services.AddSingleton(scheduler);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.ListenWormholeRelay(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseConnectionHandler<RelayConnectionHandler>());
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        app.MapWormholeRelay();
        await app.StartAsync();
        var host = new RelayHost(app);
        var ports = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Select(address => new Uri(address).Port).Where(port => port != host.Fast.Port && port != 0).ToArray();
        host.Piped = new IPEndPoint(IPAddress.Loopback, ports[^2]);
        host.Web = new Uri($"ws://127.0.0.1:{ports[^1]}/relay");
        return host;
    }

    internal RelayLink Dial(string door) => door switch
    {
        "fast" => new RelayLink.Tcp(Fast),
        "piped" => new RelayLink.Tcp(Piped),
        _ => new RelayLink.Web(Web),
    };

    /// <summary>Waits until the relay has come to something.</summary>
    internal static void Until(Func<bool> holds, string what) => Assert.That(() => holds(), Is.True.After(20_000, 5), what);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
