using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace RxWormhole;

/// <summary>A WebSocket whose binary messages are the bytes of a connection; where one ends means nothing.</summary>
/// <remarks>Source: transit, section 4.5. Each write is a message: a relay wants its request in one of its own.</remarks>
internal sealed class WebSocketConnection : ITransitConnection
{
    // As with SocketConnection: the other end's last bytes are read, so that ours arrive. What is pending ends with its answer, or with our patience.
    private const int MostUnread = 256 << 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ClientWebSocket socket;
    private int isClosed;

    private WebSocketConnection(ClientWebSocket socket, string address) => (this.socket, RemoteAddress) = (socket, address);

    public string RemoteAddress { get; }

    /// <exception cref="IOException">It could not be made.</exception>
    internal static async Task<WebSocketConnection> ConnectAsync(Uri url, CancellationToken givenUp)
    {
        if (url is not { IsAbsoluteUri: true, Scheme: "ws" or "wss" })
            throw new IOException($"{Printable.Of(url.OriginalString)} is no address of a WebSocket.");
        var address = Printable.Of(url.Authority);
        var socket = new ClientWebSocket();
        try
        {
            await socket.ConnectAsync(url, givenUp).ConfigureAwait(false);
            return new WebSocketConnection(socket, address);
        }
        catch (Exception exception) when (exception is WebSocketException or InvalidOperationException or ArgumentException)
        {
            socket.Dispose();
            throw new IOException($"{address} cannot be reached: {WebSocketConnector.Describe(exception)}", exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer, CancellationToken.None).ConfigureAwait(false);
                ObjectDisposedException.ThrowIf(Volatile.Read(ref isClosed) != 0, this);
                if (part.MessageType == WebSocketMessageType.Text)
                    throw new WebSocketException("a text came where bytes should");
                // Empty messages carry nothing, and would look like the end.
                if (part.Count > 0 || part.MessageType == WebSocketMessageType.Close)
                    return part.Count;
            }
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
            ObjectDisposedException.ThrowIf(Volatile.Read(ref isClosed) != 0, this);
            await socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsLost(exception))
        {
            throw Lost(exception);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref isClosed, 1) == 0)
            _ = LeaveAsync();
    }

    private async Task LeaveAsync()
    {
        using (socket)
        {
#pragma warning disable RS0030 // The edge: nobody waits for it, and it must not hold a socket for long.
            using var patience = new CancellationTokenSource(Patience);
#pragma warning restore RS0030
            using var impatience = patience.Token.Register(socket.Abort);
            try
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token).ConfigureAwait(false);
                var unread = new byte[4096];
                for (var total = 0; total < MostUnread;)
                {
                    var part = await socket.ReceiveAsync(unread.AsMemory(), patience.Token).ConfigureAwait(false);
                    if (part.MessageType == WebSocketMessageType.Close)
                        break;
                    total += part.Count;
                }
            }
            catch (Exception exception) when (IsLost(exception))
            {
                // There is nobody left to be polite to.
            }
        }
    }

    private static bool IsLost(Exception exception) => exception is WebSocketException or IOException or OperationCanceledException or InvalidOperationException;

    private IOException Lost(Exception exception) =>
        new(Volatile.Read(ref isClosed) != 0 ? "The connection was closed." : $"The connection to {RemoteAddress} is lost: {exception.Message}", exception);
}
