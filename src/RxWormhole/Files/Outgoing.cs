namespace RxWormhole;

/// <summary>What will be sent: looked at, counted and measured before anything is connected. Nothing is opened before it is needed.</summary>
public sealed class Outgoing
{
    private Outgoing()
    {
    }

    /// <summary>What it is called on the other side: one component.</summary>
    public string Name => throw new NotImplementedException();

    /// <summary>Whether it is offered as a folder: it is one, or there are several paths.</summary>
    public bool IsFolder => throw new NotImplementedException();

    /// <summary>The bytes that are sent: those of the file, or of the zip file that a folder travels as.</summary>
    public long Length => throw new NotImplementedException();

    /// <summary>The bytes of all files together.</summary>
    public long Bytes => throw new NotImplementedException();

    /// <summary>How many files there are.</summary>
    public int Files => throw new NotImplementedException();

    /// <summary>What was left out.</summary>
    public IReadOnlyList<SkippedEntry> Skipped => throw new NotImplementedException();

    /// <summary>Whether it stands for several paths, which a receiver that knows lays out as they were given instead of making a folder.</summary>
    internal bool HasLayout => throw new NotImplementedException();

    /// <summary>Looks at a file or folder.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="ArgumentException">The path is null or empty.</exception>
    /// <exception cref="TransferException">It cannot be sent; its fault is <see cref="TransferFault.BadSource"/>.</exception>
    public static Outgoing Of(string path) => Of(path, null);

    /// <summary>Looks at a file or folder.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="options">What is sent of it; null for the defaults.</param>
    /// <exception cref="ArgumentException">The path is null or empty.</exception>
    /// <exception cref="TransferException">It cannot be sent; its fault is <see cref="TransferFault.BadSource"/>.</exception>
    public static Outgoing Of(string path, SendOptions? options) => throw new NotImplementedException();

    /// <summary>Looks at several files and folders, which are sent together. A single one is sent by itself.</summary>
    /// <param name="paths">Their paths; no two may end in the same name.</param>
    /// <exception cref="ArgumentException">There are no paths, or one is null or empty.</exception>
    /// <exception cref="TransferException">They cannot be sent; its fault is <see cref="TransferFault.BadSource"/>.</exception>
    public static Outgoing Of(IEnumerable<string> paths) => Of(paths, null);

    /// <summary>Looks at several files and folders, which are sent together. A single one is sent by itself.</summary>
    /// <param name="paths">Their paths; no two may end in the same name.</param>
    /// <param name="options">What is sent of them; null for the defaults.</param>
    /// <exception cref="ArgumentException">There are no paths, or one is null or empty.</exception>
    /// <exception cref="TransferException">They cannot be sent; its fault is <see cref="TransferFault.BadSource"/>.</exception>
    public static Outgoing Of(IEnumerable<string> paths, SendOptions? options) => throw new NotImplementedException();

    /// <summary>What is sent, once from the beginning to the end: exactly <see cref="Length"/> bytes.</summary>
    /// <remarks>It fails with a <see cref="TransferException"/> where a file is no longer what was looked at. Opening several one after the other gives the same bytes.</remarks>
    internal Stream Open() => throw new NotImplementedException();
}
