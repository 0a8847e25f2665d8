using System.Net;
using System.Net.Sockets;
using System.Reactive.Concurrency;
using Microsoft.AspNetCore.Connections;

namespace RxWormhole.Server;

/// <summary>Gives Kestrel the listener for a <see cref="RelayEndPoint"/>, and remembers where it listens.</summary>
internal sealed class RelayListenerFactory(IScheduler scheduler) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private const int Backlog = 512;

    /// <summary>Where the last listener listens, with its real port.</summary>
    internal IPEndPoint? Bound { get; private set; }

    public bool CanBind(EndPoint endpoint) => endpoint is RelayEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var at = (RelayEndPoint)endpoint;
        var socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (at.Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(new IPEndPoint(at.Address, at.Port));
            socket.Listen(Backlog);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            if (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
                throw new AddressInUseException(exception.Message, exception);
            throw new IOException($"cannot listen on {at}: {exception.Message}", exception);
        }

        Bound = (IPEndPoint)socket.LocalEndPoint!;
        return ValueTask.FromResult<IConnectionListener>(new RelayListener(socket, scheduler));
    }
}
