using System.Net.WebSockets;
using System.Reactive.Linq;
using System.Threading.Channels;

namespace RxWormhole;

/// <summary>Links over WebSockets, <c>ws://</c> and <c>wss://</c>: one text frame a message, as every mailbox server speaks it.</summary>
/// <remarks>
/// Source: the mailbox protocol, section 2.1. Text frames are sent; text and binary ones are taken.
/// A link is hung up by ending the TCP connection, without the closing handshake of WebSockets. While that is under way, the Python mailbox servers (0.4.1 to
/// 0.8.0) still take us for a listener to whom they cannot send, and a message that the other side adds at that moment makes them drop the other
/// side's connection, of which the Go client does not recover.
/// </remarks>
public sealed class WebSocketConnector : IRendezvousConnector
{
    private const WebSocketCloseStatus ServiceRestart = (WebSocketCloseStatus)1012;
    private const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Action<ClientWebSocketOptions>? configure;

    /// <summary>Makes a connector.</summary>
    /// <param name="configure">Sets up each socket, for instance its proxy, certificates or headers; null for the usual.</param>
    public WebSocketConnector(Action<ClientWebSocketOptions>? configure = null) => this.configure = configure;

    /// <summary>The usual one.</summary>
    public static WebSocketConnector Default { get; } = new();

    /// <summary>The longest frame that is taken from a server, in bytes.</summary>
    /// <value>4 MiB unless told otherwise: a message of 1 MiB takes two in hex.</value>
    public int MaxFrameBytes { get; init; } = 4 << 20;

    /// <inheritdoc/>
    public IObservable<ReadOnlyMemory<byte>> Connect(Uri server, IObservable<ReadOnlyMemory<byte>> outbound)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(outbound);
        return Observable.Create<ReadOnlyMemory<byte>>((observer, hungUp) => RunAsync(server, outbound, observer, hungUp));
    }

    private async Task RunAsync(
        Uri server, IObservable<ReadOnlyMemory<byte>> outbound, IObserver<ReadOnlyMemory<byte>> observer, CancellationToken hungUp)
    {
        var queue = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new UnboundedChannelOptions { SingleReader = true });
        using var subscription = outbound.Subscribe(frame => queue.Writer.TryWrite(frame), _ => { }, () => { });

        // Whoever subscribed must not wait for the name to be resolved.
        await Task.Yield();
        using var socket = new ClientWebSocket();
        using var patience = new CancellationTokenSource();
        try
        {
            configure?.Invoke(socket.Options);
            await socket.ConnectAsync(server, hungUp).ConfigureAwait(false);
            using var goodbye = hungUp.Register(() => HangUp(queue.Writer, patience));
            using var impatience = patience.Token.Register(socket.Abort);
            var sending = SendAsync(socket, queue.Reader);
            await ReceiveAsync(socket, observer).ConfigureAwait(false);
            End(socket, observer);
            HangUp(queue.Writer, patience);
            await sending.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or InvalidOperationException or OperationCanceledException)
        {
            observer.OnError(exception as LinkException ?? new LinkException(Describe(exception), exception));
        }
    }

    // What was sent before goes out, but a server that does not take it is not waited for.
    private static void HangUp(ChannelWriter<ReadOnlyMemory<byte>> frames, CancellationTokenSource patience)
    {
        frames.TryComplete();
#pragma warning disable RS0030 // The edge: no session waits for a link that it left, and it must not hold a socket for long.
        patience.CancelAfter(Patience);
#pragma warning restore RS0030
    }

    private static async Task SendAsync(ClientWebSocket socket, ChannelReader<ReadOnlyMemory<byte>> frames)
    {
        try
        {
            await foreach (var frame in frames.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or InvalidOperationException or OperationCanceledException)
        {
            // A link that cannot send is lost: the receiving side is told by the end of the socket under it.
        }

        socket.Abort();
    }

    private async Task ReceiveAsync(ClientWebSocket socket, IObserver<ReadOnlyMemory<byte>> observer)
    {
        var frame = new FrameBuffer(MaxFrameBytes);
        while (true)
        {
            var received = await socket.ReceiveAsync(frame.Free, CancellationToken.None).ConfigureAwait(false);
            if (received.MessageType == WebSocketMessageType.Close)
                return;
            frame.Add(received.Count);
            if (received.EndOfMessage)
                observer.OnNext(frame.Take());
        }
    }

    private static void End(ClientWebSocket socket, IObserver<ReadOnlyMemory<byte>> observer)
    {
        var said = string.IsNullOrEmpty(socket.CloseStatusDescription) ? "" : $": {socket.CloseStatusDescription}";
        if (socket.CloseStatus is ServiceRestart or TryAgainLater)
        {
            observer.OnError(new LinkException($"the server asked us to come back later{said}")
            {
                RetryAfter = TimeSpan.FromSeconds(1),
                RetrySpread = TimeSpan.FromSeconds(9),
            });
        }
        else if (said.Length > 0)
        {
            observer.OnError(new LinkException($"the server hung up{said}"));
        }
        else
        {
            observer.OnCompleted();
        }
    }

    internal static string Describe(Exception exception) => exception switch
    {
        WebSocketException { InnerException: { InnerException: System.Net.Sockets.SocketException socket } } => socket.Message,
        WebSocketException { InnerException: { } inner } => inner.Message,
        _ => exception.Message,
    };
}
