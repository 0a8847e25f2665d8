using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RxWormhole.Server;

/// <summary>A mailbox server inside this process, for applications, examples and tests.</summary>
/// <example><code>await using var server = await WormholeServer.StartAsync();</code></example>
public sealed class WormholeServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private WormholeServer(WebApplication app, Uri mailbox)
    {
        this.app = app;
        Mailbox = mailbox;
    }

    /// <summary>The mailbox server's address, for instance <c>ws://127.0.0.1:4000/v1</c>.</summary>
    public Uri Mailbox { get; }

    /// <summary>How many clients are connected to the mailbox server.</summary>
    public int Connections => app.Services.GetRequiredService<MailboxHub>().Connections;

    /// <summary>Starts a server.</summary>
    /// <param name="options">Where and how, or null for the usual: a free loopback port, in memory.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is not usable; the message names every problem.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<WormholeServer> StartAsync(WormholeServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new WormholeServerOptions();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        if (options.LoggerFactory is { } loggers)
            builder.Services.Replace(ServiceDescriptor.Singleton(loggers));
        builder.Services.AddRoutingCore();
        builder.Services.AddWormholeMailbox(configure: options.Mailbox);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.MailboxEndPoint!);
        });
        var app = builder.Build();
        try
        {
            app.MapWormholeMailbox();
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            var bound = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
            return new WormholeServer(app, new UriBuilder(bound) { Scheme = "ws", Path = "/v1" }.Uri);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Tells the clients to come back, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync().ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
    }
}
