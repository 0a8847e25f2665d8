using System.Net.WebSockets;
using System.Reactive.Concurrency;
using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>Sends a connection's messages over its WebSocket: those that are there together in one write, and none of it while anybody waits.</summary>
internal sealed class SocketSink(MailboxHub hub, WebSocket socket, CorkedStream stream) : IMailboxSink
{
    /// <summary>How long a client may take to read what it is sent last.</summary>
    internal static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(5);

    // Who waits for less than this is not refused it because others wait for much.
    internal const int Small = 16 << 10;

    // How long a client may take to read a single message.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private Queue<ServerMessage>? queue;
    private long size;
    private long sending;
    private DateTimeOffset sendingSince;
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
            var length = MessageSize.Of(message);
            size += length;
            if (!hub.TryQueue(length) && size > Small)
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
        {
            if (!isOver && end is null)
                Finish(ending);
        }
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

    public bool IsStuck(DateTimeOffset now)
    {
        lock (gate)
            return sending > 0 && now - sendingSince > Patience;
    }

    public void Abort() => socket.Abort();

    /// <summary>Sends nothing any more.</summary>
    /// <returns>When what is being sent is through.</returns>
    internal Task StopAsync()
    {
        lock (gate)
        {
            Clear();
            goodbye?.Dispose();
            return isPumping ? (stopped ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;
        }
    }

    private async Task PumpAsync()
    {
        var hasEnded = false;
        try
        {
            Ending? ending;
            while (TryTake(out var message, out var more, out ending))
            {
                stream.IsCorked = more;
                await SendAsync(message).ConfigureAwait(false);
            }

            if (ending is not null)
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
#pragma warning disable CA1031 // A fault of ours ends this connection, and leaves nobody waiting for it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ServerLog.ConnectionFaulted(hub.Logger, exception);
            socket.Abort();
            hasEnded = true;
        }

        lock (gate)
        {
            if (hasEnded)
            {
                Settle();
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

    private bool TryTake(out ServerMessage message, out bool more, out Ending? ending)
    {
        lock (gate)
        {
            Settle();
            message = null!;
            more = false;
            ending = null;
            if (isOver || queue is null || !queue.TryDequeue(out message!))
            {
                // Whoever adds something from here on starts another pump. An end is sent by this one, and there is nothing behind it.
                ending = isOver ? null : end;
                isPumping = ending is not null;
                queue = null;
                return false;
            }

            more = queue.Count > 0;
            sending = MessageSize.Of(message);
            sendingSince = hub.Scheduler.Now;
            return true;
        }
    }

    private void Clear()
    {
        isOver = true;
        Empty();
    }

    // What is on its way is held until it has gone.
    private void Empty()
    {
        queue = null;
        hub.Sent(size - sending);
        size = sending;
    }

    private void Settle()
    {
        hub.Sent(sending);
        size -= sending;
        sending = 0;
    }

    private void Overflow(Ending ending)
    {
        hub.Instruments.Rejected("unsent");
        Empty();
        Finish(ending);
    }

    private void Finish(Ending ending)
    {
        end = ending;
        // A client that does not read, or does not answer, is not waited for.
        goodbye = hub.Scheduler.Schedule(Goodbye, socket.Abort);
    }

    private static double Seconds(DateTimeOffset now) => (now - DateTimeOffset.UnixEpoch).TotalSeconds;
}
