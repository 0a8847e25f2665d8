using System.Diagnostics.Metrics;
using System.Net;
using System.Reactive.Concurrency;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RxWormhole.Server;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Transit relays in a host.</summary>
public static class RelayServerServiceCollectionExtensions
{
    /// <summary>Registers a transit relay, which listens where <see cref="ListenWormholeRelay"/> says, and where <c>MapWormholeRelay</c> says for WebSockets.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The section to read <see cref="RelayServerOptions"/> from, or null.</param>
    /// <param name="configure">Changes what was read, or null.</param>
    /// <remarks>
    /// An <see cref="IScheduler"/> is taken from the container where it has one. The host does not start with options that are not usable: it throws an
    /// <see cref="OptionsValidationException"/> that names every problem.
    /// </remarks>
    public static IServiceCollection AddWormholeRelay(
        this IServiceCollection services, IConfiguration? configuration = null, Action<RelayServerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<RelayServerOptions>().ValidateOnStart();
        if (configuration is not null)
            options.Bind(configuration, binding => binding.ErrorOnUnknownConfiguration = true);
        if (configure is not null)
            options.Configure(configure);
        services.AddMetrics();
        services.AddHealthChecks().AddCheck<RelayHealth>("wormhole relay");
        services.AddSingleton<IPostConfigureOptions<HostOptions>>(provider =>
            new DrainGrace<RelayServerOptions>(provider.GetRequiredService<IOptions<RelayServerOptions>>(), read => read.DrainTime));
        services.AddSingleton<IValidateOptions<RelayServerOptions>>(new ProblemsValidator<RelayServerOptions>(read => read.Problems()));
        services.TryAddSingleton(provider => new ServerInstruments(provider.GetRequiredService<IMeterFactory>()));
        services.TryAddSingleton(provider => new RelayHub(
            provider.GetRequiredService<IOptions<RelayServerOptions>>().Value,
            Scheduler(provider),
            provider.GetRequiredService<ServerInstruments>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("RxWormhole.Server")));
        services.TryAddSingleton(provider => new RelayConnectionHandler(provider.GetRequiredService<RelayHub>()));
        services.TryAddSingleton<RelaySocket>();
        services.TryAddSingleton(provider => new RelayListenerFactory(Scheduler(provider)));
        // Kestrel registers its own only where there is none yet; ours takes nothing but the relay's endpoints.
        services.TryAddSingleton<IConnectionListenerFactory, SocketTransportFactory>();
        services.AddSingleton<IConnectionListenerFactory>(provider => provider.GetRequiredService<RelayListenerFactory>());
        services.AddSingleton<IHostedService>(provider => new RelayService(provider.GetRequiredService<RelayHub>(), Scheduler(provider), provider.GetRequiredService<IHostApplicationLifetime>()));
        return services;
    }

    /// <summary>Lets Kestrel listen for the transit relay.</summary>
    /// <param name="kestrel">Kestrel.</param>
    /// <param name="address">The address.</param>
    /// <param name="port">The port; clients expect 4001.</param>
    public static void ListenWormholeRelay(this KestrelServerOptions kestrel, IPAddress address, int port)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        // As the host does when it starts: what is wrong with any options is said at once.
        kestrel.ApplicationServices.GetRequiredService<IStartupValidator>().Validate();
        kestrel.Listen(new RelayEndPoint(address, port), listen => listen.UseConnectionHandler<RelayConnectionHandler>());
    }

    private static IScheduler Scheduler(IServiceProvider provider) => provider.GetService<IScheduler>() ?? DefaultScheduler.Instance;
}
