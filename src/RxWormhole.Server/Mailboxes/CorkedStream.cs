using System.Buffers;

namespace RxWormhole.Server;

/// <summary>A connection's bytes, where what is written while it is corked goes out with the next write that is not: one system call for several frames.</summary>
/// <remarks>Written to by one at a time, which the WebSocket above sees to. What is read passes <see cref="TextAsBinary"/>.</remarks>
internal sealed class CorkedStream(Stream inner) : Stream
{
    private const int Capacity = 8 << 10;

    private TextAsBinary frames;
    private byte[]? held;
    private int count;

    /// <summary>Whether what is written from here on may wait.</summary>
    internal bool IsCorked { get; set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    // While nothing comes, whoever waits here waits with an empty buffer.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        buffer.IsEmpty ? inner.ReadAsync(buffer, cancellationToken) : ReadSomeAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!IsCorked && held is null)
            return inner.WriteAsync(buffer, cancellationToken);
        if (count + buffer.Length > Capacity)
            return WriteBothAsync(buffer, cancellationToken);
        held ??= ArrayPool<byte>.Shared.Rent(Capacity);
        buffer.Span.CopyTo(held.AsSpan(count));
        count += buffer.Length;
        return IsCorked ? default : WriteBothAsync(ReadOnlyMemory<byte>.Empty, cancellationToken);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            if (Interlocked.Exchange(ref held, null) is { } bytes)
                ArrayPool<byte>.Shared.Return(bytes);
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadSomeAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        frames.Pass(buffer.Span[..count]);
        return count;
    }

    private async ValueTask WriteBothAsync(ReadOnlyMemory<byte> last, CancellationToken cancellationToken)
    {
        if (held is { } bytes)
        {
            var length = count;
            (held, count) = (null, 0);
            try
            {
                await inner.WriteAsync(bytes.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(bytes);
            }
        }

        if (!last.IsEmpty)
            await inner.WriteAsync(last, cancellationToken).ConfigureAwait(false);
    }
}
