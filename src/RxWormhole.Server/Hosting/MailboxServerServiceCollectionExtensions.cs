using System.Diagnostics.Metrics;
using System.Reactive.Concurrency;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RxWormhole.Server;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Mailbox servers in a host.</summary>
public static class MailboxServerServiceCollectionExtensions
{
    private const string LogCategory = "RxWormhole.Server";

    /// <summary>Registers a mailbox server, to be mapped with <c>MapWormholeMailbox</c>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The section to read <see cref="MailboxServerOptions"/> from, or null.</param>
    /// <param name="configure">Changes what was read, or null.</param>
    /// <remarks>
    /// An <see cref="IScheduler"/> and an <see cref="IMailboxStore"/> are taken from the container where it has them; otherwise time is the thread pool's, and the store is
    /// the database the options name, or memory. The host does not start with options that are not usable: it throws an
    /// <see cref="OptionsValidationException"/> that names every problem.
    /// </remarks>
    public static IServiceCollection AddWormholeMailbox(
        this IServiceCollection services, IConfiguration? configuration = null, Action<MailboxServerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<MailboxServerOptions>().ValidateOnStart();
        if (configuration is not null)
            options.Bind(configuration, binding => binding.ErrorOnUnknownConfiguration = true);
        if (configure is not null)
            options.Configure(configure);
        services.AddMetrics();
        services.AddHealthChecks().AddCheck<MailboxHealth>("wormhole mailbox");
        services.AddSingleton<IPostConfigureOptions<HostOptions>>(provider =>
            new DrainGrace<MailboxServerOptions>(provider.GetRequiredService<IOptions<MailboxServerOptions>>(), read => read.DrainTime));
        services.AddCors();
        services.AddSingleton<IValidateOptions<MailboxServerOptions>>(new ProblemsValidator<MailboxServerOptions>(read => read.Problems()));
        services.TryAddSingleton(provider => new ServerInstruments(provider.GetRequiredService<IMeterFactory>()));
        services.TryAddSingleton<IMailboxStore>(provider => Store(provider.GetRequiredService<IOptions<MailboxServerOptions>>().Value));
        services.TryAddSingleton(provider => new MailboxHub(
            provider.GetRequiredService<IOptions<MailboxServerOptions>>().Value,
            provider.GetRequiredService<IMailboxStore>(),
            provider.GetService<IScheduler>() ?? DefaultScheduler.Instance,
            provider.GetRequiredService<ServerInstruments>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategory),
#pragma warning disable RS0030 // The edge itself: everybody else asks the hub.
            RandomNumberGenerator.Fill));
#pragma warning restore RS0030
        services.TryAddSingleton<MailboxEndpoint>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MailboxService>());
        return services;
    }

    private static IMailboxStore Store(MailboxServerOptions options) =>
        options.Database is { } file ? new SqliteMailboxStore(file) : new MemoryMailboxStore();
}
