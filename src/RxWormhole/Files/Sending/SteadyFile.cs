namespace RxWormhole;

/// <summary>The content of a file, exactly as long as it was when it was looked at.</summary>
/// <remarks>
/// Looked at again when it is opened, and before its last bytes are handed out: a receiver that got all of it got one state of the file.
/// A file without content is not opened at all.
/// </remarks>
internal sealed class SteadyFile(IFileSource source, SourceFile file) : ForwardStream(file.Stat.Length)
{
    private Stream? stream;

    /// <summary>Fails unless the file is as it was looked at.</summary>
    internal void Check()
    {
        FileStat? now;
        try
        {
            now = source.Look(file.Path, followLink: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw file.Unreadable(exception);
        }

        if (!file.IsStill(now))
            throw file.Changed();
    }

    protected override async ValueTask<int> ReadNextAsync(Memory<byte> buffer, CancellationToken cancelled)
    {
        var left = Length - Position;
        int count;
        try
        {
            if (stream is null)
            {
                Check();
                stream = source.OpenRead(file.Path);
            }

            count = await stream.ReadAsync(left < buffer.Length ? buffer[..(int)left] : buffer, cancelled).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw file.Unreadable(exception);
        }

        if (count == 0)
            throw file.Changed();
        if (count == left)
            Check();
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            stream?.Dispose();
        base.Dispose(disposing);
    }
}
