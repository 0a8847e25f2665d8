using System.Buffers;
using System.Net.Http.Headers;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace RxWormhole;

/// <summary>One link over HTTP: collects what is to be sent, makes one request at a time, and hands on what the answers bring.</summary>
internal sealed class HttpLink(HttpConnector settings, HttpMessageInvoker client, Uri server, IObserver<ReadOnlyMemory<byte>> observer)
{
    // Whoever sends one frame sends others right behind it.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(2);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Servers limit how many messages they take at once, and how long a request is.
    private const int MostFrames = 100;
    private const int UsualBytes = 1 << 20;
    private const int ReadLength = 16 << 10;

    private readonly Lock gate = new();
    private readonly Queue<ReadOnlyMemory<byte>> queue = new();
    private readonly HttpConversation conversation = new();
    private readonly SerialDisposable alarm = new();
    private readonly CancellationTokenSource abort = new();
    private TaskCompletionSource? waiting;
    private bool isIdle = true;
    private bool isHungUp;

    internal async Task RunAsync(IObservable<ReadOnlyMemory<byte>> outbound, CancellationToken hungUp)
    {
        using var subscription = outbound.Subscribe(Enqueue, _ => { }, () => { });
        using var goodbye = hungUp.Register(HangUp);
        try
        {
            // Whoever subscribed must not wait for a request to be made.
            await WaitAsync(TimeSpan.Zero).ConfigureAwait(false);
            if (IsOver())
                return;
            await PostAsync([]).ConfigureAwait(false);
            while (true)
            {
                await WaitAsync(conversation.Listens ? settings.PollInterval : null).ConfigureAwait(false);
                if (IsOver())
                    return;
                await PostAsync(Take()).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidOperationException or OperationCanceledException)
        {
            observer.OnError(exception as LinkException ?? new LinkException(Describe(exception), exception));
        }
        finally
        {
            alarm.Dispose();
        }
    }

    private void Enqueue(ReadOnlyMemory<byte> frame)
    {
        lock (gate)
        {
            if (isHungUp)
                return;
            queue.Enqueue(frame);
            isIdle = false;
            if (waiting is not null && queue.Count == 1)
                Arm(Gathering);
        }
    }

    // Waits until there is something to send, for so long at most, or for ever.
    private Task WaitAsync(TimeSpan? longest)
    {
        lock (gate)
        {
            isIdle = queue.Count == 0;
            if (isHungUp)
                return Task.CompletedTask;
            waiting = new TaskCompletionSource();
            if (!isIdle)
                Arm(Gathering);
            else if (longest is { } limit)
                Arm(limit);
            return waiting.Task;
        }
    }

    private void Arm(TimeSpan due) => alarm.Disposable = settings.Scheduler.Schedule(due, Wake);

    private void Wake()
    {
        TaskCompletionSource? woken;
        lock (gate)
            (woken, waiting) = (waiting, null);
        woken?.TrySetResult();
    }

    private bool IsOver()
    {
        lock (gate)
            return isHungUp && queue.Count == 0;
    }

    private List<ReadOnlyMemory<byte>> Take()
    {
        var frames = new List<ReadOnlyMemory<byte>>();
        var bytes = 0;
        lock (gate)
        {
            while (frames.Count < MostFrames && queue.TryPeek(out var frame) && (frames.Count == 0 || bytes + frame.Length <= UsualBytes))
            {
                bytes += frame.Length;
                frames.Add(queue.Dequeue());
            }
        }

        return frames;
    }

    // What was sent before goes out, but a server that does not take it is not waited for. A request that only asks is given up.
    private void HangUp()
    {
        bool isNeeded;
        lock (gate)
        {
            isHungUp = true;
            isNeeded = !isIdle;
        }

        if (isNeeded)
            settings.Scheduler.Schedule(Patience, abort.Cancel);
        else
            abort.Cancel();
        settings.Scheduler.Schedule(Wake);
    }

    private async Task PostAsync(List<ReadOnlyMemory<byte>> frames)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server) { Content = new ByteArrayContent(conversation.Ask(frames)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await client.SendAsync(request, abort.Token).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            throw await HttpRefusal.ReadAsync(response, settings.Scheduler.Now, abort.Token).ConfigureAwait(false);

        var stream = await response.Content.ReadAsStreamAsync(abort.Token).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
            await ReadAsync(stream).ConfigureAwait(false);
        conversation.End();
    }

    private async Task ReadAsync(Stream stream)
    {
        var frames = new JsonArrayReader(settings.MaxFrameBytes, HandOn);
        var buffer = ArrayPool<byte>.Shared.Rent(ReadLength);
        var length = 0L;
        try
        {
            while (await stream.ReadAsync(buffer, abort.Token).ConfigureAwait(false) is > 0 and var count)
            {
                length += count;
                if (length > settings.MaxAnswerBytes)
                    throw new LinkException($"the server's answer has more than {settings.MaxAnswerBytes} bytes") { IsFatal = true };
                frames.Read(buffer.AsSpan(0, count));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        frames.End();
    }

    private void HandOn(ReadOnlyMemory<byte> frame)
    {
        if (conversation.IsNews(frame.Span))
            observer.OnNext(frame);
    }

    private static string Describe(Exception exception) => exception switch
    {
        HttpRequestException { InnerException: System.Net.Sockets.SocketException socket } => socket.Message,
        _ => exception.Message,
    };
}
