namespace RxWormhole.Protocol;

/// <summary>An entry of a zip file as a sender describes it: nothing of it is believed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Mode">Type and permission bits of Unix; 0 where there are none.</param>
/// <param name="Length">The bytes it unpacks to.</param>
public sealed record ZipEntry(string Name, uint Mode, long Length)
{
    /// <summary>The bytes it takes in the zip file.</summary>
    public long Packed { get; init; }

    /// <summary>The sum of its content.</summary>
    public uint Crc { get; init; }

    /// <summary>Where its local header is.</summary>
    public long Offset { get; init; }

    /// <summary>How it is packed: 0 not at all, 8 deflated.</summary>
    public int Method { get; init; }

    /// <summary>Whether it is encrypted.</summary>
    public bool IsEncrypted { get; init; }
}
