namespace RxWormhole;

/// <summary>A stream that bytes of the wire are written into, one after the other. What derives from it says where they go.</summary>
/// <param name="length">How many there are in all; null where nobody knows before the end.</param>
/// <param name="most">How many are taken.</param>
internal abstract class LandingStream(long? length, long most = long.MaxValue) : Stream
{
    private long position;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => length ?? position;

    public override long Position
    {
        get => position;
        set => position = value;
    }

    /// <summary>Whether what arrived is not what may arrive, so that it is of no use for another time.</summary>
    internal bool IsBroken { get; private set; }

    // A buffer is taken whole or not at all: nobody could go on from somewhere in the middle of it.
    protected abstract ValueTask WriteNextAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancelled);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (buffer.Length > length - position)
            throw new TransferException(TransferFault.Corrupted, $"More than the announced {length} bytes arrived.");
        if (buffer.Length > most - position)
            throw new TransferException(TransferFault.NoSpace, $"More than {most} bytes arrived, and no more are taken.");
        try
        {
            await WriteNextAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Landing.CannotWrite(exception);
        }
        catch (TransferException)
        {
            IsBroken = true;
            throw;
        }

        position += buffer.Length;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    // What is written is brought to the disk when it is complete.
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
