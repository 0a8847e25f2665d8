using System.Net;
using System.Net.Sockets;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Microsoft.AspNetCore.Connections;

namespace RxWormhole.Server;

/// <summary>Listens on a <see cref="RelayEndPoint"/>.</summary>
internal sealed class RelayListener(Socket socket, IScheduler scheduler) : IConnectionListener
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private volatile bool isOver;

    public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                if (Connection(await socket.AcceptAsync(cancellationToken).ConfigureAwait(false)) is { } connection)
                    return connection;
            }
            catch (SocketException) when (!isOver)
            {
                // Gone before it was taken; or there is no room for another one just now, and there will be.
                await Observable.Timer(Pause, scheduler).ToTask().ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // Kestrel stops.
                return null;
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        isOver = true;
        socket.Dispose();
        return default;
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    // Null for one that is gone already.
    private static RelayConnection? Connection(Socket accepted)
    {
        try
        {
            accepted.NoDelay = true;
            accepted.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            return new RelayConnection(accepted);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            accepted.Dispose();
            return null;
        }
    }
}
