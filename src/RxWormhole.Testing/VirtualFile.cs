using System.Reactive.Concurrency;

namespace RxWormhole.Testing;

/// <summary>A file in memory as a stream.</summary>
internal sealed class VirtualFile(VirtualFiles files, VirtualNode node, bool canWrite, bool isNamed) : Stream
{
    private bool isClosed;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => canWrite;

    public override long Length => node.Length;

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(isClosed, this);
        var count = files.Read(node, Position, buffer);
        Position += count;
        return count;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(isClosed, this);
        if (!canWrite)
            throw new NotSupportedException("The file was opened for reading.");
        files.Write(node, Position, buffer);
        Position += buffer.Length;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await TakeTimeAsync((int)Math.Clamp(node.Length - Position, 0, buffer.Length), cancellationToken).ConfigureAwait(false);
        return Read(buffer.Span);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await TakeTimeAsync(buffer.Length, cancellationToken).ConfigureAwait(false);
        Write(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => files.Flush(node);

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        Flush();
        return Task.CompletedTask;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => Position,
        _ => Length,
    };

    public override void SetLength(long value) => files.Resize(node, value);

    protected override void Dispose(bool disposing)
    {
        if (disposing && !isClosed)
        {
            isClosed = true;
            files.Closed(node, canWrite, isNamed);
        }

        base.Dispose(disposing);
    }

    // What waits goes on where the clock runs.
    private async ValueTask TakeTimeAsync(int count, CancellationToken cancelled)
    {
        if (files.BytesPerSecond is not { } rate || count == 0)
            return;
        var done = new TaskCompletionSource();
        using var timer = files.Clock.Schedule(TimeSpan.FromSeconds(count / rate), () => done.TrySetResult());
        using var cancelling = cancelled.UnsafeRegister(_ => done.TrySetCanceled(cancelled), null);
        await done.Task.ConfigureAwait(false);
    }
}
