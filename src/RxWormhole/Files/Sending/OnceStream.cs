namespace RxWormhole;

/// <summary>A stream of the application's, which is read once; the application closes it.</summary>
/// <remarks>
/// It may be anything, standard input for instance, whose reading nobody can cancel: what is waited for is left behind then, and with it the buffer that it fills.
/// </remarks>
/// <param name="source">The stream.</param>
/// <param name="name">What it is sent as, for people.</param>
/// <param name="length">How many bytes are read, or null for all.</param>
internal sealed class OnceStream(Stream source, string name, long? length) : ForwardStream(length ?? long.MaxValue)
{
    protected override async ValueTask<int> ReadNextAsync(Memory<byte> buffer, CancellationToken cancelled)
    {
        var room = buffer[..(int)Math.Min(buffer.Length, Length - Position)];
        int count;
        try
        {
            var reading = source.ReadAsync(room, cancelled);
            count = reading.IsCompleted
                ? await reading.ConfigureAwait(false)
                : await reading.AsTask().WaitAsync(cancelled).ConfigureAwait(false);
            if (count < 0 || count > room.Length)
                throw new IOException("It says that it has read more than there was room for.");
        }
        catch (Exception exception) when (exception is not WormholeException && !cancelled.IsCancellationRequested)
        {
            throw FolderScan.Bad(name, $"cannot be read: {Printable.Of(exception.Message)}", exception);
        }

        if (count == 0 && length is not null)
            throw FolderScan.Bad(name, $"ended after {Position} of {length} bytes");
        return count;
    }
}
