namespace RxWormhole;

/// <summary>What a file system says about one path.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Length">The length of a file in bytes; 0 for everything else.</param>
/// <param name="Mode">The permission bits; a file system without them says what comes closest.</param>
/// <param name="Modified">When it was changed last.</param>
/// <param name="Identity">The same for two paths that lead to the same thing, null where that is not known. Folders are told apart by it, so that links cannot lead in circles.</param>
public sealed record FileStat(FileKind Kind, long Length, UnixFileMode Mode, DateTimeOffset Modified, string? Identity = null)
{
    /// <summary>
    /// Whether nobody else has made it or can reach it by another way: it belongs to the user that the process runs as and, if it is a file, has one name only.
    /// Null where the platform does not tell.
    /// </summary>
    public bool? IsOurs { get; init; }
}
