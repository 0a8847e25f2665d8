using System.Net;
using System.Net.Sockets;
using System.Reactive.Linq;

namespace RxWormhole;

/// <summary>A socket that listens on one port, on IPv4 and IPv6 where there are both.</summary>
internal sealed class SocketListener : IDisposable
{
    // How many connections the system keeps for us as long as nobody takes them.
    private const int Waiting = 64;

    private readonly Socket socket;

    private SocketListener(Socket socket) => this.socket = socket;

    internal int Port => ((IPEndPoint)socket.LocalEndPoint!).Port;

    internal bool IsDual => socket.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>Each subscriber takes connections as long as it is there; nobody gets what another one got.</summary>
    /// <remarks>completion: when the listener is disposed of. error: an <see cref="IOException"/>; the system gives no more connections.</remarks>
    internal IObservable<ITransitConnection> Connections => Observable.Create<ITransitConnection>(AcceptAsync);

    /// <summary>Listens on the first port of a range that is free.</summary>
    /// <exception cref="IOException">There is none.</exception>
    internal static SocketListener Open(TransitPorts ports)
    {
        SocketException? refusal = null;
        for (var port = ports.First; port <= ports.Last; port++)
        {
            foreach (var any in new[] { IPAddress.IPv6Any, IPAddress.Any })
            {
                try
                {
                    return new SocketListener(Open(new IPEndPoint(any, port)));
                }
                catch (SocketException exception)
                {
                    refusal = exception;
                }
            }
        }

        var where = ports == TransitPorts.Any ? "on any port" : ports.First == ports.Last ? $"on port {ports.First}" : $"on a port from {ports.First} to {ports.Last}";
        throw new IOException($"Cannot listen {where}: {refusal?.Message}", refusal);
    }

    public void Dispose() => socket.Dispose();

    private static Socket Open(IPEndPoint where)
    {
        var socket = new Socket(where.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (where.AddressFamily == AddressFamily.InterNetworkV6)
                socket.DualMode = true;
            if (OperatingSystem.IsWindows())
                socket.ExclusiveAddressUse = true;
            socket.Bind(where);
            socket.Listen(Waiting);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task AcceptAsync(IObserver<ITransitConnection> observer, CancellationToken left)
    {
        while (true)
        {
            Socket accepted;
            try
            {
                accepted = await socket.AcceptAsync(left).ConfigureAwait(false);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset)
            {
                // Who wanted it has thought better of it.
                continue;
            }
            catch (Exception exception) when (exception is ObjectDisposedException or OperationCanceledException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return;
            }
            catch (SocketException exception)
            {
                throw new IOException($"Connections are not accepted any more: {exception.Message}", exception);
            }

            if (left.IsCancellationRequested)
            {
                accepted.Dispose();
                return;
            }

            observer.OnNext(new SocketConnection(accepted));
        }
    }
}
