using Microsoft.Win32.SafeHandles;

namespace RxWormhole;

/// <summary>A file as a stream without a buffer of its own; its asynchronous methods do the work on the thread they are called on, and allocate nothing.</summary>
/// <remarks>
/// The pump reads and writes in large pieces on threads that have nothing else to do; the detour of <see cref="FileStream"/> over another thread would only cost.
/// Blocks of zeros written behind the end become holes where the file system has any. Flushing brings everything to the disk.
/// </remarks>
internal sealed class HandleStream(SafeFileHandle handle, bool canWrite, string? deletedAtEnd = null) : Stream
{
    // Shorter runs are no block of a file system.
    private const int LeastHole = 4096;

    private long position;
    private long end = RandomAccess.GetLength(handle);
    private bool endsInHole;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => canWrite;

    // What is only read may grow meanwhile, and that is looked for.
    public override long Length => canWrite ? end : RandomAccess.GetLength(handle);

    public override long Position
    {
        get => position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            position = value;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        FillHole();
        var count = RandomAccess.Read(handle, buffer, position);
        position += count;
        return count;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!canWrite)
            throw new NotSupportedException("The file was opened for reading.");
        if (position >= end && buffer.Length >= LeastHole && buffer.IndexOfAnyExcept((byte)0) < 0)
        {
            endsInHole = true;
        }
        else
        {
            RandomAccess.Write(handle, buffer, position);
            endsInHole &= position + buffer.Length < end;
        }

        position += buffer.Length;
        end = Math.Max(end, position);
    }

    public override void SetLength(long value)
    {
        RandomAccess.SetLength(handle, value);
        end = value;
        endsInHole = false;
    }

    public override void Flush()
    {
        FillHole();
        if (canWrite)
            RandomAccess.FlushToDisk(handle);
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => position,
        _ => Length,
    };

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<int>(cancellationToken);
        return new(Read(buffer.Span));
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        Flush();
        return Task.CompletedTask;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !handle.IsClosed)
        {
            try
            {
                FillHole();
            }
            finally
            {
                handle.Dispose();
                if (deletedAtEnd is not null)
                    File.Delete(deletedAtEnd);
            }
        }

        base.Dispose(disposing);
    }

    // The file is as long as was written, even if it ends in zeros that were not.
    private void FillHole()
    {
        if (!endsInHole)
            return;
        RandomAccess.SetLength(handle, end);
        endsInHole = false;
    }
}
