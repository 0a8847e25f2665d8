using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using RxWormhole.Server;

namespace RxWormhole.Cli;

/// <summary>The host of <c>rxwormhole serve</c>: what it is made of, and that it says where it listens once it does.</summary>
internal static class ServeHost
{
    internal static async Task<int> RunAsync(ServeSettings settings, TextWriter output, CancellationToken cancellationToken)
    {
        var listeners = new Listeners();
        var app = Build(settings, listeners);
        await using var disposal = app.ConfigureAwait(false);
        await app.StartAsync(cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(Announce(app, settings, listeners)).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        await app.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
        return (int)ExitCode.Success;
    }

    private static WebApplication Build(ServeSettings settings, Listeners listeners)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "rxwormhole" });
        builder.Configuration.AddConfiguration(settings.Configuration);
        AddLogging(builder.Logging, settings.Configuration.GetSection("Logging"));
        AddServices(builder.Services, settings);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, settings, listeners));
        var app = builder.Build();
        Map(app, settings);
        return app;
    }

    private static void AddLogging(ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // Why the host does not start is told once, without a stack trace.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.AddConfiguration(configuration);
        if (configuration["Console:FormatterName"] == ConsoleFormatterNames.Json)
        {
            logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
        }
        else
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
                console.UseUtcTimestamp = true;
            });
        }

        // Standard output is for what scripts read.
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void AddServices(IServiceCollection services, ServeSettings settings)
    {
        services.AddRoutingCore();
        if (settings.HasMailbox)
            services.AddWormholeMailbox(settings.Configuration.GetSection("Mailbox"));
        if (settings.Relay is not null)
            services.AddWormholeRelay(settings.Configuration.GetSection("Relay"));
        services.AddHealthChecks();
        if (settings.Metrics is null)
            return;
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("rxwormhole"))
            .WithMetrics(metrics => metrics.AddMeter(WormholeServer.MeterName, "System.Runtime").AddPrometheusExporter());
    }

    private static void Listen(KestrelServerOptions kestrel, ServeSettings settings, Listeners listeners)
    {
        kestrel.AddServerHeader = false;
        kestrel.Configure(settings.Configuration.GetSection("Kestrel"), reloadOnChange: true);
        if (settings.Mailbox is { } mailbox)
            kestrel.Listen(mailbox, listen => listeners.Mailbox = listen);
        if (settings.Relay is { } relay)
            kestrel.ListenWormholeRelay(relay.Address, relay.Port);
        if (settings.Metrics is { } metrics)
        {
            kestrel.Listen(metrics, listen =>
            {
                listen.Use(MetricsDoor.Mark);
                listeners.Metrics = listen;
            });
        }
    }

    private static void Map(WebApplication app, ServeSettings settings)
    {
        if (settings.Metrics is not null)
            app.UseOpenTelemetryPrometheusScrapingEndpoint(context => MetricsDoor.IsMarked(context) && context.Request.Path == "/metrics");
        app.MapWormholeHealth();
        if (settings.HasMailbox)
            app.MapWormholeMailbox();
        if (settings.Relay is not null)
            app.MapWormholeRelay();
    }

    private static string Announce(WebApplication app, ServeSettings settings, Listeners listeners)
    {
        var relay = settings.Relay is null ? null : app.Services.GetRequiredService<RelayListenerFactory>().Bound;
        var metrics = listeners.Metrics?.IPEndPoint;
        string[] others = [relay?.ToString() ?? "", metrics?.ToString() ?? ""];
        var mailboxes = app.Urls
            .Where(url => settings.HasMailbox && !others.Any(other => other.Length > 0 && url.EndsWith($"//{other}", StringComparison.Ordinal)))
            .Select(Announcement.MailboxUrl);
        return Announcement.Of([.. mailboxes], relay, metrics);
    }
}
