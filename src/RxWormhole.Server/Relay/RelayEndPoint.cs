using System.Net;

namespace RxWormhole.Server;

/// <summary>Where Kestrel listens for a transit relay with sockets of the relay's own, which pass bulk data on with few copies and system calls.</summary>
/// <param name="address">The address.</param>
/// <param name="port">The port, or 0 for a free one.</param>
public sealed class RelayEndPoint(IPAddress address, int port) : IPEndPoint(address, port);
