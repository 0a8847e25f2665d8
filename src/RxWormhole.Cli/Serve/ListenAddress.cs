using System.Globalization;
using System.Net;

namespace RxWormhole.Cli;

/// <summary>Where a server listens, as people write it: <c>HOST:PORT</c>.</summary>
/// <remarks>HOST is an IP address, IPv6 in brackets; <c>localhost</c>; or <c>*</c> for all addresses, IPv4 and IPv6. PORT 0 is a free one.</remarks>
internal static class ListenAddress
{
    /// <summary>What is said instead of an address to have no such server.</summary>
    internal const string None = "none";

    internal const string Expected = "expected HOST:PORT, for instance 127.0.0.1:4000, [::1]:4000 or *:4000";

    internal static bool TryParse(string text, out IPEndPoint? address)
    {
        address = null;
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return false;
        var host = text[..colon];
        var ip = host switch
        {
            "*" => IPAddress.IPv6Any,
            "localhost" => IPAddress.Loopback,
            ['[', .., ']'] when IPAddress.TryParse(host, out var six) => six,
            _ when !host.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(host, out var four) => four,
            _ => null,
        };
        address = ip is null ? null : new IPEndPoint(ip, port);
        return address is not null;
    }
}
