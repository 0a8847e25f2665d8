using System.Net.WebSockets;
using System.Reactive.Concurrency;
using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>Sends a connection's messages over its WebSocket: those that are there together in one write, and none of it while anybody waits.</summary>
internal sealed class SocketSink(MailboxHub hub, WebSocket socket, CorkedStream stream) : IMailboxSink
{
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private Queue<ServerMessage>? queue;
    private long size;
    private Ending? end;
    private bool isPumping;
    private bool isOver;
    private TaskCompletionSource? stopped;
    private IDisposable? goodbye;

    public void Add(ServerMessage message)
    {
        lock (gate)
        {
            if (isOver || end is not null)
                return;
            var length = Length(message);
            size += length;
            if (!hub.TryQueue(length))
                Overflow(Ending.NothingToSpare);
            else if (size > hub.Options.Limits.UnsentSize)
                Overflow(Ending.ReadsTooSlowly);
            else
                (queue ??= new Queue<ServerMessage>(4)).Enqueue(message);
        }
    }

    public void End(Ending ending)
    {
        lock (gate)
            end ??= ending;
    }

    public void Flush()
    {
        lock (gate)
        {
            if (isPumping || isOver || (queue is not { Count: > 0 } && end is null))
                return;
            isPumping = true;
        }

        _ = PumpAsync();
    }

    /// <summary>Sends nothing any more.</summary>
    /// <returns>When what is being sent is through.</returns>
    internal Task StopAsync()
    {
        lock (gate)
        {
            Clear();
            goodbye?.Dispose();
            return isPumping ? (stopped ??= new TaskCompletionSource()).Task : Task.CompletedTask;
        }
    }

    private async Task PumpAsync()
    {
        var hasEnded = false;
        try
        {
            while (TryTake(out var message, out var more))
            {
                stream.IsCorked = more;
                await SendAsync(message).ConfigureAwait(false);
            }

            if (end is { } ending)
            {
                hasEnded = true;
                await CloseAsync(ending).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or InvalidOperationException or OperationCanceledException)
        {
            // The receiving side notices, too.
            hasEnded = true;
        }

        lock (gate)
        {
            if (hasEnded)
            {
                Clear();
                isPumping = false;
            }

            if (!isPumping)
                stopped?.TrySetResult();
        }
    }

    private async Task CloseAsync(Ending ending)
    {
        stream.IsCorked = false;
        // A client that does not answer is not waited for.
        goodbye = hub.Scheduler.Schedule(Goodbye, socket.Abort);
        await socket.CloseOutputAsync((WebSocketCloseStatus)ending.CloseCode, ending.Reason, CancellationToken.None).ConfigureAwait(false);
    }

    private async ValueTask SendAsync(ServerMessage message)
    {
        var buffer = FrameWriter.Rent();
        try
        {
            MessageCodec.Write(message, Seconds(hub.Scheduler.Now), buffer);
            await socket.SendAsync(buffer.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            FrameWriter.Return(buffer);
        }
    }

    private bool TryTake(out ServerMessage message, out bool more)
    {
        lock (gate)
        {
            message = null!;
            more = false;
            if (isOver || queue is null || !queue.TryDequeue(out message!))
            {
                // Whoever adds something from here on starts another pump. An end is sent by this one, and there is nothing behind it.
                isPumping = !isOver && end is not null;
                queue = null;
                return false;
            }

            more = queue.Count > 0;
            var length = Length(message);
            size -= length;
            hub.Sent(length);
            return true;
        }
    }

    private void Clear()
    {
        isOver = true;
        Empty();
    }

    private void Empty()
    {
        queue = null;
        hub.Sent(size);
        size = 0;
    }

    private void Overflow(Ending ending)
    {
        hub.Instruments.Rejected("unsent");
        Empty();
        end = ending;
    }

    private static double Seconds(DateTimeOffset now) => (now - DateTimeOffset.UnixEpoch).TotalSeconds;

    // Most of what is sent is small; what is large is messages and what came with an error.
    internal static int Length(ServerMessage message) => message switch
    {
        ServerMessage.Message m => m.Body.Length + m.Phase.Length + m.Id.Length + m.Side.Length,
        ServerMessage.Error m => m.Original.Length,
        ServerMessage.Pong m => m.Value.Length,
        ServerMessage.Ack m => m.Id.Length,
        _ => 64,
    };
}
