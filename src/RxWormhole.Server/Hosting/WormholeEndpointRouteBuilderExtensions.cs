using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RxWormhole.Server;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Gives a mailbox server and a transit relay their places in an application.</summary>
public static class WormholeEndpointRouteBuilderExtensions
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(60);

    /// <summary>Serves the mailbox protocol, over WebSockets and over HTTP.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The path; clients expect <c>/v1</c>.</param>
    /// <returns>The endpoint, for further conventions.</returns>
    public static IEndpointConventionBuilder MapWormholeMailbox(this IEndpointRouteBuilder endpoints, string pattern = "/v1")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        Validate(endpoints);
        var endpoint = endpoints.ServiceProvider.GetRequiredService<MailboxEndpoint>();
        var options = endpoints.ServiceProvider.GetRequiredService<MailboxHub>().Options;
        var pipeline = endpoints.CreateApplicationBuilder();
        TrustedProxies.Use(pipeline, options.TrustedProxies);
        if (options.CorsOrigins.Count > 0)
            pipeline.UseCors(Allow(options.CorsOrigins));
        pipeline.Use(MailboxEndpoint.Cork);
        pipeline.UseWebSockets(new WebSocketOptions { KeepAliveInterval = KeepAlive, KeepAliveTimeout = 2 * KeepAlive });
        pipeline.Run(endpoint.ServeAsync);
        return endpoints.Map(pattern, pipeline.Build()).WithDisplayName("Magic Wormhole mailbox");
    }

    /// <summary>Serves the transit relay over WebSockets, to be glued to each other and to TCP connections.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The path.</param>
    /// <returns>The endpoint, for further conventions.</returns>
    public static IEndpointConventionBuilder MapWormholeRelay(this IEndpointRouteBuilder endpoints, string pattern = "/relay")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        Validate(endpoints);
        var relay = endpoints.ServiceProvider.GetRequiredService<RelaySocket>();
        var pipeline = endpoints.CreateApplicationBuilder();
        TrustedProxies.Use(pipeline, endpoints.ServiceProvider.GetRequiredService<RelayHub>().Options.TrustedProxies);
        pipeline.UseWebSockets(new WebSocketOptions { KeepAliveInterval = KeepAlive, KeepAliveTimeout = 2 * KeepAlive });
        pipeline.Run(relay.ServeAsync);
        return endpoints.Map(pattern, pipeline.Build()).WithDisplayName("Magic Wormhole transit relay");
    }

    /// <summary>Serves <c>/healthz</c>, which answers as long as the process does, and <c>/readyz</c>, which answers 200 while clients are served: not while the server stops, and not without its store.</summary>
    /// <param name="endpoints">The application.</param>
    public static void MapWormholeHealth(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = _ => false });
        endpoints.MapHealthChecks("/readyz");
    }

    // As the host does when it starts: what is wrong with any options is said at once.
    private static void Validate(IEndpointRouteBuilder endpoints) => endpoints.ServiceProvider.GetRequiredService<IStartupValidator>().Validate();

    private static Action<CorsPolicyBuilder> Allow(IList<string> origins) => policy =>
    {
        policy.WithMethods(HttpMethods.Post).WithHeaders("content-type").WithExposedHeaders("retry-after");
        if (origins.Contains("*"))
            policy.AllowAnyOrigin();
        else
            policy.WithOrigins([.. origins]);
    };
}
