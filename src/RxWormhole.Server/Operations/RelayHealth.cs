using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RxWormhole.Server;

/// <summary>Says whether a transit relay can serve: it lets connections in.</summary>
internal sealed class RelayHealth(RelayHub hub) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(hub.Door.IsClosed ? HealthCheckResult.Unhealthy("the relay is about to stop") : HealthCheckResult.Healthy());
}
