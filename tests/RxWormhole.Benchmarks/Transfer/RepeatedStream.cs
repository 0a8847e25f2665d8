namespace RxWormhole.Benchmarks.Transfer;

/// <summary>A file without an end, as cheap to read as one in the page cache: each read is a copy.</summary>
internal sealed class RepeatedStream : Stream
{
    private readonly byte[] content = new byte[4 << 20];
    private int at;

    internal RepeatedStream() => new Random(1).NextBytes(content);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, content.Length - at);
        content.AsSpan(at, count).CopyTo(buffer);
        at = (at + count) % content.Length;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
