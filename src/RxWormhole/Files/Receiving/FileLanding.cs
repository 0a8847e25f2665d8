using System.Security.Cryptography;

namespace RxWormhole;

/// <summary>A file: written beside its target, brought to the disk, then named.</summary>
internal sealed class FileLanding : Landing
{
    private readonly Destination destination;
    private readonly PartFile part;
    private readonly long? length;
    private readonly ReceiveOptions options;
    private FileSink? target;

    internal FileLanding(Destination destination, PartFile part, long? length, ReceiveOptions options)
        : base(destination.Name)
    {
        this.destination = destination;
        this.part = part;
        this.length = length;
        this.options = options;
    }

    internal override Stream Target => target ??= Guard(() => Sink(part.Stream));

    internal override async ValueTask<long> FindAsync(IncrementalHash hash, CancellationToken cancelled)
    {
        try
        {
            var found = await part.FindAsync(hash, cancelled).ConfigureAwait(false);
            if (found > 0)
                target = new FileSink(part.Stream, length, null, long.MaxValue) { Position = found };
            return found;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(exception);
        }
    }

    internal override ValueTask RewindAsync()
    {
        Guard(() =>
        {
            part.Forget();
            return true;
        });
        target = null;
        return ValueTask.CompletedTask;
    }

    internal override async ValueTask<string?> CommitAsync(CancellationToken cancelled)
    {
        CheckComplete(Target);
        try
        {
            var path = destination.Place(await part.CloseAsync(cancelled).ConfigureAwait(false));
            IsOver = true;
            Try(() => options.Sink.Flush(options.Folder, whole: false));
            return options.Sink.FullPath(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(exception);
        }
    }

    private protected override void GiveUp(bool keepPart) => part.Abandon(keepPart);

    // What has a length was measured against the free space, and what is taken, before it was accepted.
    private FileSink Sink(Stream file) => length is null
        ? new FileSink(file, length, new DiskRoom(options.Sink, options.Folder), options.MaxBytes)
        : new FileSink(file, length, null, long.MaxValue);

    private sealed class FileSink(Stream file, long? length, DiskRoom? room, long most) : LandingStream(length, most)
    {
        protected override ValueTask WriteNextAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancelled)
        {
            room?.Take(bytes.Length);
            return file.WriteAsync(bytes, CancellationToken.None);
        }
    }
}
