using System.Buffers;
using System.Net.WebSockets;
using System.Reactive.Concurrency;
using Microsoft.AspNetCore.Http;

namespace RxWormhole.Server;

/// <summary>A client's WebSocket. While it is idle it holds no buffer.</summary>
internal static class MailboxSocket
{
    private const int Usual = 4 << 10;

    internal static async Task ServeAsync(HttpContext context, MailboxHub hub, string? address, string? yourAddress)
    {
        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
            var stream = CorkedUpgrade.StreamOf(context.Features);
            var sink = new SocketSink(hub, socket, stream);
            using var connection = new MailboxConnection(hub, sink, address, yourAddress, mayRepeat: false);
            connection.Watch();
            try
            {
                // Waits without a buffer, and with no more than this state machine.
                ValueWebSocketReceiveResult first;
                do
                    first = await socket.ReceiveAsync(Memory<byte>.Empty, context.RequestAborted).ConfigureAwait(false);
                while (first.MessageType != WebSocketMessageType.Close
                    && await ReceiveAsync(socket, first.EndOfMessage, connection, sink, hub, context.RequestAborted).ConfigureAwait(false));
            }
            catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The client is gone; what it left behind stays.
            }
            finally
            {
                await StopAsync(socket, stream, sink, hub).ConfigureAwait(false);
            }
        }
        finally
        {
            hub.Leave(address);
        }
    }

    // Takes the message that has begun. False is the end.
    private static async ValueTask<bool> ReceiveAsync(
        WebSocket socket, bool isWhole, MailboxConnection connection, SocketSink sink, MailboxHub hub, CancellationToken aborted)
    {
        var limit = hub.Options.Limits.FrameBytes;
        var buffer = ArrayPool<byte>.Shared.Rent(Usual);
        connection.ReceivesSince(hub.Scheduler.Now);
        try
        {
            var length = 0;
            while (!isWhole)
            {
                if (length == buffer.Length && !TryGrow(ref buffer, length, limit, hub))
                {
                    await RefuseAsync(socket, sink, Ending.NothingToSpare, aborted).ConfigureAwait(false);
                    return false;
                }

                var part = await socket.ReceiveAsync(buffer.AsMemory(length), aborted).ConfigureAwait(false);
                if (part.MessageType == WebSocketMessageType.Close)
                    return false;
                isWhole = part.EndOfMessage;
                length += part.Count;
                if (length > limit)
                {
                    hub.Instruments.Rejected("frame size");
                    await RefuseAsync(socket, sink, Ending.TooLong(limit), aborted).ConfigureAwait(false);
                    return false;
                }
            }

            connection.ReceivesSince(null);
            await connection.ReceiveAsync(buffer.AsSpan(0, length)).ConfigureAwait(false);
            return true;
        }
        finally
        {
            connection.ReceivesSince(null);
            hub.Sent(Excess(buffer));
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task StopAsync(WebSocket socket, CorkedStream stream, SocketSink sink, MailboxHub hub)
    {
        var isPolite = socket.State == WebSocketState.CloseReceived;
        if (!isPolite)
            socket.Abort();
        // Who says goodbye and does not read what is still on its way is not waited for.
        using var enough = hub.Scheduler.Schedule(SocketSink.Goodbye, socket.Abort);
        await sink.StopAsync().ConfigureAwait(false);
        if (isPolite)
            await AnswerAsync(socket, stream).ConfigureAwait(false);
    }

    // What a message that is not whole takes beyond the usual counts as what waits to be sent does: there is room for so much only.
    private static bool TryGrow(ref byte[] buffer, int length, int limit, MailboxHub hub)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(buffer.Length * 2, limit + 1));
        hub.Sent(Excess(buffer));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
        return hub.TryQueue(Excess(buffer));
    }

    private static int Excess(byte[] buffer) => buffer.Length > Usual ? buffer.Length : 0;

    // Reads on, into nothing: a connection that is closed with bytes unread is reset, and the client would not learn why.
    private static async Task RefuseAsync(WebSocket socket, SocketSink sink, Ending ending, CancellationToken aborted)
    {
        sink.End(ending);
        sink.Flush();
        var buffer = ArrayPool<byte>.Shared.Rent(Usual);
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), aborted).ConfigureAwait(false)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task AnswerAsync(WebSocket socket, CorkedStream stream)
    {
        try
        {
            stream.IsCorked = false;
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It did not wait for the answer.
        }
    }
}
