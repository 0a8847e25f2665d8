using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RxWormhole.Server;

/// <summary>A mailbox server and a transit relay inside this process, for applications, examples and tests.</summary>
/// <example><code>await using var server = await WormholeServer.StartAsync();</code></example>
public sealed class WormholeServer : IAsyncDisposable
{
    /// <summary>The meter that every server of this process counts with; <c>docs/operating</c> lists its instruments.</summary>
    public const string MeterName = ServerInstruments.MeterName;

    private readonly WebApplication app;
    private readonly Uri? mailbox;

    private WormholeServer(WebApplication app, WormholeServerOptions options)
    {
        this.app = app;
        if (options.MailboxEndPoint is not null)
        {
            var bound = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
            mailbox = new UriBuilder(bound) { Scheme = "ws", Path = "/v1" }.Uri;
        }

        if (options.RelayEndPoint is not null)
            Relay = $"tcp:{app.Services.GetRequiredService<RelayListenerFactory>().Bound}";
    }

    /// <summary>The mailbox server's address, for instance <c>ws://127.0.0.1:4000/v1</c>.</summary>
    /// <exception cref="InvalidOperationException">None was started.</exception>
    public Uri Mailbox => mailbox ?? throw new InvalidOperationException("This server has no mailbox.");

    /// <summary>The transit relay's address as clients take it, for instance <c>tcp:127.0.0.1:4001</c>; null where none was started.</summary>
    public string? Relay { get; }

    /// <summary>How many clients are connected to the mailbox server.</summary>
    public int Connections => app.Services.GetService<MailboxHub>()?.Connections ?? 0;

    internal IServiceProvider Services => app.Services;

    /// <summary>Starts a server.</summary>
    /// <param name="options">Where and how, or null for the usual: free loopback ports, in memory.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is not usable; the message names every problem.</exception>
    /// <exception cref="ArgumentException">The options name neither a mailbox server nor a relay.</exception>
    /// <exception cref="IOException">A port is taken, or the database cannot be used.</exception>
    public static async Task<WormholeServer> StartAsync(WormholeServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new WormholeServerOptions();
        if (options is { MailboxEndPoint: null, RelayEndPoint: null })
            throw new ArgumentException("There is nothing to start: neither a mailbox server nor a relay.", nameof(options));
        var app = Build(options);
        try
        {
            if (options.MailboxEndPoint is not null)
                app.MapWormholeMailbox();
            if (options.MailboxEndPoint is not null && options.RelayEndPoint is not null)
                app.MapWormholeRelay();
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            return new WormholeServer(app, options);
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

    private static WebApplication Build(WormholeServerOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        if (options.LoggerFactory is { } loggers)
            builder.Services.Replace(ServiceDescriptor.Singleton(loggers));
        builder.Services.AddRoutingCore();
        if (options.MailboxEndPoint is not null)
            builder.Services.AddWormholeMailbox(configure: options.Mailbox);
        if (options.RelayEndPoint is not null)
            builder.Services.AddWormholeRelay(configure: options.Relay);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (options.MailboxEndPoint is { } mailbox)
                kestrel.Listen(mailbox);
            if (options.RelayEndPoint is { } relay)
                kestrel.ListenWormholeRelay(relay.Address, relay.Port);
        });
        return builder.Build();
    }
}
