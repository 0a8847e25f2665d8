namespace RxWormhole.Testing;

/// <summary>The answer to a virtual request: a JSON array of the frames, each of which whoever reads goes on with at the moment at which it arrives.</summary>
internal sealed class VirtualAnswer(CancellationToken givenUp) : Stream, IObserver<ReadOnlyMemory<byte>>
{
    private static readonly byte[] Opening = "["u8.ToArray();
    private static readonly byte[] Comma = ","u8.ToArray();
    private static readonly byte[] Closing = "]"u8.ToArray();

    private readonly Lock gate = new();
    private readonly TaskCompletionSource<HttpResponseMessage> response = new();
    private readonly Queue<ReadOnlyMemory<byte>> arrived = new();
    private readonly Pending reader = new();
    private CancellationTokenRegistration giving;
    private IDisposable? request;
    private ReadOnlyMemory<byte> head;
    private Memory<byte> reading;
    private Exception? fault;
    private bool isBegun;
    private bool isOver;
    private bool isReading;

    /// <summary>Yields as soon as there is something to read.</summary>
    internal Task<HttpResponseMessage> Response => response.Task;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The request is under way.</summary>
    /// <param name="link">Disposed of, it is given up.</param>
    internal void Begin(IDisposable link)
    {
        request = link;
        giving = givenUp.Register(() =>
        {
            request.Dispose();
            Arrive(default, new OperationCanceledException(givenUp));
        });
    }

    public void OnNext(ReadOnlyMemory<byte> value) => Arrive(value, null);

    public void OnError(Exception error) => Arrive(default, error);

    public void OnCompleted()
    {
        lock (gate)
            isOver = true;
        Arrive(default, null);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (isReading)
                return ValueTask.FromException<int>(new InvalidOperationException("Somebody reads already."));
            if (fault is not null)
                return ValueTask.FromException<int>(Unread());
            if (HasBytes || isOver)
                return ValueTask.FromResult(Take(buffer));
            isReading = true;
            reading = buffer;
            return reader.Begin();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("An answer on a clock can only be awaited.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        giving.Dispose();
        request?.Dispose();
        base.Dispose(disposing);
    }

    private bool HasBytes => !head.IsEmpty || arrived.Count > 0;

    private void Arrive(ReadOnlyMemory<byte> frame, Exception? error)
    {
        bool isFirst;
        var count = -1;
        lock (gate)
        {
            if (fault is not null)
                return;
            fault = error;
            isFirst = !isBegun;
            if (error is null)
                Enqueue(frame);
            isBegun = true;
            if (isReading)
            {
                count = error is null ? Take(reading) : 0;
                isReading = false;
                reading = default;
            }
            else if (!isFirst)
            {
                return;
            }
        }

        if (!isFirst && error is not null)
            reader.Fail(Unread());
        else if (!isFirst)
            reader.Succeed(count);
        else if (error is OperationCanceledException)
            response.TrySetCanceled(givenUp);
        else if (error is not null)
            response.TrySetException(new HttpRequestException(error.Message, error));
        else
            response.TrySetResult(new HttpResponseMessage { Content = new StreamContent(this) });
    }

    private void Enqueue(ReadOnlyMemory<byte> frame)
    {
        if (!isBegun)
            arrived.Enqueue(Opening);
        else if (!isOver)
            arrived.Enqueue(Comma);
        arrived.Enqueue(isOver ? Closing : frame);
    }

    private int Take(Memory<byte> buffer)
    {
        var taken = 0;
        while (taken < buffer.Length && HasBytes)
        {
            head = head.IsEmpty ? arrived.Dequeue() : head;
            var count = Math.Min(head.Length, buffer.Length - taken);
            head[..count].CopyTo(buffer[taken..]);
            head = head[count..];
            taken += count;
        }

        return taken;
    }

    private Exception Unread() => fault is OperationCanceledException canceled ? canceled : new IOException(fault!.Message, fault);
}
