using System.Threading.RateLimiting;

namespace RxWormhole.Server;

/// <summary>How often an address may begin something, as a limiter of ASP.NET Core's.</summary>
internal static class RequestRate
{
    /// <param name="address">The address, or null for one that is exempt.</param>
    /// <param name="perMinute">How often in a minute; as often at once.</param>
    internal static RateLimitPartition<string> Of(string? address, int perMinute)
    {
        if (address is null)
            return RateLimitPartition.GetNoLimiter("");
        // About once a second, and never a fraction of a token.
        var tokens = Math.Max(1, perMinute / 60);
        return RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute,
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = TimeSpan.FromMinutes((double)tokens / perMinute),
            AutoReplenishment = true,
        });
    }
}
