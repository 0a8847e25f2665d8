namespace RxWormhole.Tests.Transit;

/// <summary>A stream that does in each call what a test wants.</summary>
internal sealed class StrangeStream : Stream
{
    internal Func<Memory<byte>, CancellationToken, ValueTask<int>> Reading { get; init; } = (_, _) => throw new NotSupportedException();

    internal Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> Writing { get; init; } = (_, _) => throw new NotSupportedException();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Reading(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => Writing(buffer, cancellationToken);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
