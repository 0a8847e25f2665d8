namespace RxWormhole;

/// <summary>What is sent of what is found, and where it is looked for. Immutable.</summary>
public sealed record SendOptions
{
    /// <summary>The file system.</summary>
    /// <value>That of the machine unless told otherwise.</value>
    public IFileSource Source { get; init; } = PhysicalFiles.Default;

    /// <summary>The file system for what has to be put into a file before it can be offered: see <see cref="Outgoing.OfStream"/>.</summary>
    /// <value>That of the machine unless told otherwise.</value>
    public IFileSink Spool { get; init; } = PhysicalFiles.Default;

    /// <summary>The folder that such a file is made in. It has no name, and is gone when the transfer is over or the process ends.</summary>
    /// <value>That for temporary files unless told otherwise.</value>
    public string SpoolFolder { get; init; } = Path.GetTempPath();

    /// <summary>What becomes of symbolic links inside a folder. A link that is named itself is always followed.</summary>
    /// <value><see cref="LinkPolicy.Follow"/> unless told otherwise, as the other clients do; a link to a folder that is on the way to it is skipped.</value>
    public LinkPolicy Links { get; init; } = LinkPolicy.Follow;

    /// <summary>What becomes of pipes, sockets and devices inside a folder. One that is named itself is always refused.</summary>
    /// <value><see cref="EntryPolicy.Skip"/> unless told otherwise.</value>
    public EntryPolicy Specials { get; init; } = EntryPolicy.Skip;

    /// <summary>What becomes of what cannot be read inside a folder.</summary>
    /// <value><see cref="EntryPolicy.Fail"/> unless told otherwise.</value>
    public EntryPolicy Unreadable { get; init; } = EntryPolicy.Fail;

    /// <summary>What becomes of what has a name that receivers refuse inside a folder, or would have the same as something beside it.</summary>
    /// <value><see cref="EntryPolicy.Fail"/> unless told otherwise. What interrupted transfers left is always skipped.</value>
    public EntryPolicy BadNames { get; init; } = EntryPolicy.Fail;
}
