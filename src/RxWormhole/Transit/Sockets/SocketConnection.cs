using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace RxWormhole;

/// <summary>A TCP connection.</summary>
internal sealed class SocketConnection : ITransitConnection
{
    // A connection that is closed with bytes unread is reset, and takes with it what was not delivered yet. So the last bytes of the other end are read,
    // but not for long, and not many: one that goes on sending must notice.
    private const int MostUnread = 256 << 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Socket socket;
    private readonly CancellationTokenSource closed = new();
    private int isClosed;

    internal SocketConnection(Socket socket)
    {
        this.socket = socket;
        RemoteAddress = Prepare(socket);
    }

    public string RemoteAddress { get; }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, SocketFlags.None, closed.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsLost(exception))
        {
            throw Lost(exception);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
                bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, closed.Token).ConfigureAwait(false)..];
        }
        catch (Exception exception) when (IsLost(exception))
        {
            throw Lost(exception);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref isClosed, 1) != 0)
            return;
        closed.Cancel();
        _ = LeaveAsync();
    }

    private static string Prepare(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 30);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
            var remote = (IPEndPoint)socket.RemoteEndPoint!;
            return (remote.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(remote.Address.MapToIPv4(), remote.Port) : remote).ToString();
        }
        catch (SocketException)
        {
            // It is lost already: whoever reads or writes will be told.
            return "an address that is gone";
        }
    }

    private async Task LeaveAsync()
    {
        using (socket)
        {
#pragma warning disable RS0030 // The edge: nobody waits for it, and it must not hold a socket for long.
            using var patience = new CancellationTokenSource(Patience);
#pragma warning restore RS0030
            try
            {
                socket.Shutdown(SocketShutdown.Send);
                var unread = new byte[4096];
                for (int total = 0, count = 1; count > 0 && total < MostUnread; total += count)
                    count = await socket.ReceiveAsync(unread, SocketFlags.None, patience.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (IsLost(exception))
            {
                // There is nobody left to be polite to.
            }
        }
    }

    private static bool IsLost(Exception exception) => exception is SocketException or OperationCanceledException or ObjectDisposedException;

    private IOException Lost(Exception exception) =>
        new(Volatile.Read(ref isClosed) != 0 ? "The connection was closed." : $"The connection to {RemoteAddress} is lost: {exception.Message}", exception);
}
