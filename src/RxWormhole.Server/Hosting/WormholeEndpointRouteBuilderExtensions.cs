using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
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
        var endpoint = endpoints.ServiceProvider.GetRequiredService<MailboxEndpoint>();
        var options = endpoints.ServiceProvider.GetRequiredService<MailboxHub>().Options;
        var pipeline = endpoints.CreateApplicationBuilder();
        if (options.TrustedProxies.Count > 0)
            pipeline.UseForwardedHeaders(Trust(options.TrustedProxies));
        if (options.CorsOrigins.Count > 0)
            pipeline.UseCors(Allow(options.CorsOrigins));
        pipeline.UseRateLimiter(Limit(options.Limits));
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
        var relay = endpoints.ServiceProvider.GetRequiredService<RelaySocket>();
        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UseWebSockets(new WebSocketOptions { KeepAliveInterval = KeepAlive, KeepAliveTimeout = 2 * KeepAlive });
        pipeline.Run(relay.ServeAsync);
        return endpoints.Map(pattern, pipeline.Build()).WithDisplayName("Magic Wormhole transit relay");
    }

    private static Action<CorsPolicyBuilder> Allow(IList<string> origins) => policy =>
    {
        policy.WithMethods(HttpMethods.Post).WithHeaders("content-type").WithExposedHeaders("retry-after");
        if (origins.Contains("*"))
            policy.AllowAnyOrigin();
        else
            policy.WithOrigins([.. origins]);
    };

    private static ForwardedHeadersOptions Trust(IEnumerable<string> proxies)
    {
        var trusted = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        trusted.KnownProxies.Clear();
        trusted.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
                trusted.KnownProxies.Add(address);
            else
                trusted.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }

        return trusted;
    }

    private static RateLimiterOptions Limit(MailboxLimits limits) => new()
    {
        RejectionStatusCode = StatusCodes.Status429TooManyRequests,
        OnRejected = (rejected, _) => new ValueTask(MailboxEndpoint.RefuseAsync(
            rejected.HttpContext, StatusCodes.Status429TooManyRequests, "there are too many requests from your address; try again later")),
        GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            MailboxEndpoint.AddressOf(context, limits) is { } address
                ? RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = limits.RequestsPerMinute,
                    TokensPerPeriod = Math.Max(1, limits.RequestsPerMinute / 60),
                    ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1.0, 60.0 / limits.RequestsPerMinute)),
                    AutoReplenishment = true,
                })
                : RateLimitPartition.GetNoLimiter("")),
    };
}
