namespace RxWormhole;

/// <summary>Where received files go, and how much is taken from a sender that nobody has a reason to trust. Immutable.</summary>
public sealed record ReceiveOptions
{
    /// <summary>The file system.</summary>
    /// <value>That of the machine unless told otherwise.</value>
    public IFileSink Sink { get; init; } = PhysicalFiles.Default;

    /// <summary>The folder that everything goes into; nothing is ever written outside.</summary>
    /// <value>The present folder unless told otherwise.</value>
    public string Folder { get; init; } = ".";

    /// <summary>The name to use instead of the offered one: one component.</summary>
    /// <value>None unless told otherwise.</value>
    public string? Name { get; init; }

    /// <summary>What happens where there is something of that name. Decided before the offer is answered, and kept to.</summary>
    public ExistingPolicy Existing { get; init; } = ExistingPolicy.Refuse;

    /// <summary>Whether offered names that begin with a dot, and are therefore hidden on many systems, are taken. What is in a folder may always have them.</summary>
    /// <value>
    /// Null unless told otherwise: the name of a file or folder is taken, as the other clients do, but none of several files and folders that come together,
    /// among which it might not be seen.
    /// </value>
    public bool? AllowHidden { get; init; }

    /// <summary>Whether what is left of an interrupted transfer is kept, as <c>NAME.….rxwormhole-part</c>, and gone on with next time.</summary>
    /// <value>True unless told otherwise. It takes a sender that can go on, too.</value>
    public bool Resume { get; init; } = true;

    /// <summary>The most files and folders that a received folder may have.</summary>
    /// <value>1,000,000 unless told otherwise.</value>
    public int MaxEntries { get; init; } = 1_000_000;

    /// <summary>The most bytes that are taken, unpacked; larger offers are refused.</summary>
    /// <value>No limit but the free space unless told otherwise.</value>
    public long MaxBytes { get; init; } = long.MaxValue;

    internal void Validate()
    {
        if (Sink is null)
            throw new ArgumentException("Sink must not be null.", "options");
        if (string.IsNullOrEmpty(Folder))
            throw new ArgumentException("Folder must not be empty.", "options");
        if (!Enum.IsDefined(Existing))
            throw new ArgumentException("Existing must be Refuse, Rename or Overwrite.", "options");
        if (MaxEntries < 1 || MaxBytes < 0)
            throw new ArgumentException("MaxEntries must be at least 1, and MaxBytes not negative.", "options");
    }
}
