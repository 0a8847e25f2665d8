using System.Reactive.Concurrency;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using RxWormhole;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Wormholes in a host: their options come from its configuration, scheduler and logger from its container.</summary>
public static class WormholeServiceCollectionExtensions
{
    private const string LogCategory = "RxWormhole";

    /// <summary>Registers <see cref="WormholeOptions"/> as a singleton that is made and checked when it is first asked for.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">
    /// The section to read, by the names of the options: <c>AppId</c> (required), <c>Rendezvous</c>, <c>Mode</c>, <c>Timeout</c> (<c>00:05:00</c>),
    /// <c>Bounds</c>, <c>Schedule</c> (<c>FaceToFace</c> or <c>Patient</c>) or <c>Steps</c> (a list of <c>After</c> and <c>Interval</c>), <c>Jitter</c>.
    /// A name that is none of these is an error.
    /// </param>
    /// <param name="configure">What configuration cannot say, for instance a journal: gets the options and gives those to use.</param>
    /// <remarks>
    /// An <see cref="IScheduler"/>, an <see cref="ILoggerFactory"/> and an <see cref="IRendezvousConnector"/> are taken from the container, where it has them.
    /// A service then asks for <see cref="WormholeOptions"/> and calls <see cref="Wormhole.Use"/> or <see cref="Wormhole.Create"/>.
    /// Asking for the options throws an <see cref="ArgumentException"/> that names every problem, or an <see cref="InvalidOperationException"/> where a
    /// value cannot be read. Options that were registered before stay as they are.
    /// </remarks>
    public static IServiceCollection AddWormhole(
        this IServiceCollection services, IConfiguration configuration, Func<IServiceProvider, WormholeOptions, WormholeOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(provider =>
        {
            var options = WormholeSettings.Read(configuration).ToOptions();
            options = options with
            {
                Scheduler = provider.GetService<IScheduler>() ?? options.Scheduler,
                Connector = provider.GetService<IRendezvousConnector>() ?? options.Connector,
                Logger = provider.GetService<ILoggerFactory>()?.CreateLogger(LogCategory) ?? options.Logger,
            };
            options = configure?.Invoke(provider, options) ?? options;
            options.Validate();
            return options;
        });
        return services;
    }
}
