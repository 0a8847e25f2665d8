using System.Net;
using System.Net.Sockets;

namespace RxWormhole.Server;

/// <summary>What limits count as one client: an IPv4 address, or an IPv6 network of 64 bits. Null where a client is exempt.</summary>
internal static class ClientAddress
{
    internal static string? Key(IPAddress? address, bool exemptLoopback)
    {
        if (address is null)
            return exemptLoopback ? null : "local";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address) && exemptLoopback)
            return null;
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
