namespace RxWormhole;

/// <summary>Looks after the free space while something is written whose length nobody knows.</summary>
/// <param name="sink">The file system.</param>
/// <param name="folder">Where it is written.</param>
internal sealed class DiskRoom(IFileSink sink, string folder)
{
    // Others write to the same disk.
    private const long Stretch = 16 << 20;

    private long left;

    /// <summary>Says that some bytes will be written.</summary>
    /// <exception cref="TransferException">There is no space for them.</exception>
    internal void Take(int bytes)
    {
        if (bytes > left)
        {
            var free = sink.FreeSpace(folder);
            if (free < bytes)
                throw new TransferException(TransferFault.NoSpace, $"More space is needed in '{Printable.Of(folder)}': only {free} bytes are free.");
            left = Math.Min(free ?? long.MaxValue, Math.Max(Stretch, bytes));
        }

        left -= bytes;
    }
}
