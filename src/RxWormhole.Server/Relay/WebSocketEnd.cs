using System.Net.WebSockets;

namespace RxWormhole.Server;

/// <summary>A client on a WebSocket: the request is its first message, and every other one is data.</summary>
internal sealed class WebSocketEnd(WebSocket socket) : RelayEnd
{
    private bool isOver;

    internal override async ValueTask WaitAsync()
    {
        try
        {
            ValueWebSocketReceiveResult first;
            do
                first = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None).ConfigureAwait(false);
            while (first is { MessageType: WebSocketMessageType.Binary, EndOfMessage: true });
            if (first.MessageType == WebSocketMessageType.Text)
                throw new IOException("a text message on a relay connection");
            isOver = first.MessageType == WebSocketMessageType.Close;
        }
        catch (Exception exception) when (IsLost(exception))
        {
            throw new IOException(exception.Message, exception);
        }
    }

    internal override async ValueTask<int> ReceiveAsync(Memory<byte> buffer) => (await ReceivePartAsync(buffer).ConfigureAwait(false)).Count;

    internal override async ValueTask<(int Line, int Received)> ReceiveRequestAsync(Memory<byte> buffer)
    {
        var received = 0;
        while (received <= Protocol.RelayRequest.MaxLength)
        {
            // Its end may come on its own, in an empty frame.
            var part = await ReceivePartAsync(buffer[received..], orEnd: received > 0).ConfigureAwait(false);
            received += part.Count;
            if (part.MessageType == WebSocketMessageType.Close || received > Protocol.RelayRequest.MaxLength)
                return (-1, received);
            if (!part.EndOfMessage)
                continue;
            // The end of the line may be missing: the message has one.
            var end = buffer.Span[..received].IndexOf((byte)'\n');
            return (end < 0 ? received : end, received);
        }

        return (-1, received);
    }

    internal override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsLost(exception))
        {
            throw new IOException(exception.Message, exception);
        }
    }

    internal override async ValueTask FinishAsync()
    {
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsLost(exception))
        {
            throw new IOException(exception.Message, exception);
        }
    }

    internal override void Abort() => socket.Abort();

    // Empty messages carry nothing, and would look like the end.
    private async ValueTask<ValueWebSocketReceiveResult> ReceivePartAsync(Memory<byte> buffer, bool orEnd = false)
    {
        try
        {
            while (true)
            {
                if (isOver)
                    return new ValueWebSocketReceiveResult(0, WebSocketMessageType.Close, endOfMessage: true);
                var part = await socket.ReceiveAsync(buffer, CancellationToken.None).ConfigureAwait(false);
                if (part.MessageType == WebSocketMessageType.Text)
                    throw new IOException("a text message on a relay connection");
                if (part.Count > 0 || part.MessageType == WebSocketMessageType.Close || (orEnd && part.EndOfMessage))
                    return part;
            }
        }
        catch (Exception exception) when (IsLost(exception))
        {
            throw new IOException(exception.Message, exception);
        }
    }

    private static bool IsLost(Exception exception) => exception is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;
}
