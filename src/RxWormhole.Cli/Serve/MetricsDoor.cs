using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace RxWormhole.Cli;

/// <summary>Tells requests to the metrics' own address from those to the public one, whatever their Host header says.</summary>
internal sealed class MetricsDoor
{
    private static readonly MetricsDoor Instance = new();

    internal static ConnectionDelegate Mark(ConnectionDelegate next) => connection =>
    {
        connection.Features.Set(Instance);
        return next(connection);
    };

    internal static bool IsMarked(HttpContext context) => context.Features.Get<MetricsDoor>() is not null;
}
