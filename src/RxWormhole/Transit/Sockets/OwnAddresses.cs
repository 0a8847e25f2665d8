using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>The addresses that others may find this machine at.</summary>
/// <remarks>Source: transit, section 4.2. Loopback only where there is nothing else; no link-local IPv6, which means nothing without the name of an interface.</remarks>
internal static class OwnAddresses
{
    /// <summary>What to tell the other side about a listening port, IPv4 first.</summary>
    /// <param name="port">The port.</param>
    /// <param name="withIPv6">Whether it is open on IPv6, too.</param>
    internal static ImmutableArray<DirectHint> Hints(int port, bool withIPv6)
    {
        var addresses = Of(Interfaces())
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork || (withIPv6 && address.AddressFamily == AddressFamily.InterNetworkV6))
            .Where(address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal && !address.IsIPv6Multicast)
            .OrderBy(address => address.AddressFamily == AddressFamily.InterNetworkV6)
            .Select(address => address.ToString())
            .Distinct()
            .ToArray();
        return [.. (addresses.Length > 0 ? addresses : [IPAddress.Loopback.ToString()]).Select(address => new DirectHint(address, port))];
    }

    private static NetworkInterface[] Interfaces()
    {
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces();
        }
        catch (NetworkInformationException)
        {
            // A system that does not tell, such as a phone.
            return [];
        }
    }

    // Some interfaces that work, those of tunnels among them, do not say that they do.
    private static IEnumerable<IPAddress> Of(IEnumerable<NetworkInterface> interfaces) =>
        from each in interfaces
        where each.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown
        from address in each.GetIPProperties().UnicastAddresses
        select address.Address.AddressFamily == AddressFamily.InterNetworkV6 && !address.Address.IsIPv6LinkLocal
            ? new IPAddress(address.Address.GetAddressBytes())
            : address.Address;
}
