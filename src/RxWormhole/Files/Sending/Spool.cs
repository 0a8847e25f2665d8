namespace RxWormhole;

/// <summary>A file without a name, for what has to be told the length of before it can be offered. It is gone when it is disposed of and nobody reads it any more.</summary>
internal sealed class Spool(SendOptions options) : IDisposable
{
    private const int ChunkLength = 256 << 10;

    private readonly Lock gate = new();

    // Of those who read, one after the other moves the position.
    private readonly SemaphoreSlim turn = new(1);
    private Stream? file;
    private int users;
    private bool isDisposed;

    internal long Length { get; private set; }

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="TransferException">The stream cannot be read, or there is no space.</exception>
    internal async ValueTask FillAsync(Stream source, CancellationToken cancelled)
    {
        Enter();
        try
        {
            // Not from a pool: a reading that was left behind may still fill it.
            var chunk = new byte[ChunkLength];
            var room = new DiskRoom(options.Spool, options.SpoolFolder);
            while (await source.ReadAsync(chunk, cancelled).ConfigureAwait(false) is var count and > 0)
                await WriteAsync(chunk.AsMemory(0, count), room, cancelled).ConfigureAwait(false);
            file ??= options.Spool.CreateUnnamed(options.SpoolFolder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Trouble(TransferFault.CannotWrite, exception.Message, exception);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Opens what was read, from its beginning.</summary>
    internal Stream Open()
    {
        Enter();
        return new Reading(this);
    }

    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            if (users > 0)
                return;
        }

        Close();
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, DiskRoom room, CancellationToken cancelled)
    {
        try
        {
            room.Take(bytes.Length);
        }
        catch (TransferException full)
        {
            throw Trouble(full.Fault, full.Message, full);
        }

        file ??= options.Spool.CreateUnnamed(options.SpoolFolder);
        await file.WriteAsync(bytes, cancelled).ConfigureAwait(false);
        Length += bytes.Length;
    }

    private TransferException Trouble(TransferFault fault, string why, Exception inner) => new(
        fault,
        $"The other side has to be told a length, so that what is sent is first put into a file in '{Printable.Of(options.SpoolFolder)}', which failed: {Printable.Of(why)}",
        inner)
    {
        Words = "what was offered cannot be read",
    };

    private void Enter()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            users++;
        }
    }

    private void Leave()
    {
        lock (gate)
        {
            if (--users > 0 || !isDisposed)
                return;
        }

        Close();
    }

    private void Close()
    {
        Landing.Try(() => file?.Dispose());
        turn.Dispose();
    }

    private sealed class Reading(Spool spool) : ForwardStream(spool.Length)
    {
        private bool isClosed;

        protected override async ValueTask<int> ReadNextAsync(Memory<byte> buffer, CancellationToken cancelled)
        {
            await spool.turn.WaitAsync(cancelled).ConfigureAwait(false);
            try
            {
                spool.file!.Position = Position;
                var count = await spool.file.ReadAsync(buffer[..(int)Math.Min(buffer.Length, Length - Position)], cancelled).ConfigureAwait(false);
                return count > 0 ? count : throw spool.Trouble(TransferFault.BadSource, "it is shorter than it was", new EndOfStreamException());
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw spool.Trouble(TransferFault.BadSource, exception.Message, exception);
            }
            finally
            {
                spool.turn.Release();
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !isClosed)
            {
                isClosed = true;
                spool.Leave();
            }

            base.Dispose(disposing);
        }
    }
}
