using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;

namespace RxWormhole.Server;

/// <summary>The proxies whose word about a client's address is taken.</summary>
internal static class TrustedProxies
{
    internal static IEnumerable<string> Problems(IEnumerable<string> proxies) =>
        from proxy in proxies
        where !IPAddress.TryParse(proxy, out _) && !System.Net.IPNetwork.TryParse(proxy, out _)
        select $"TrustedProxies has '{proxy}', which is neither an address nor a network such as 10.0.0.0/8";

    /// <summary>Lets what follows in the pipeline see the addresses that they tell.</summary>
    internal static void Use(IApplicationBuilder pipeline, ICollection<string> proxies)
    {
        if (proxies.Count == 0)
            return;
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

        pipeline.UseForwardedHeaders(trusted);
    }
}
