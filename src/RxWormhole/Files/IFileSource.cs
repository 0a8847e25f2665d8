namespace RxWormhole;

/// <summary>The file system that files are sent from: the seam between the library and the disk, and what it is replaced by in virtual time.</summary>
/// <remarks>Paths are those of the file system. Every method may fail with an <see cref="IOException"/> or an <see cref="UnauthorizedAccessException"/>.</remarks>
public interface IFileSource
{
    /// <summary>Looks at a path without opening what it leads to; null where there is nothing.</summary>
    /// <param name="path">The path.</param>
    /// <param name="followLink">Whether a link is looked through, however many there are; a link that leads nowhere is nothing.</param>
    FileStat? Look(string path, bool followLink);

    /// <summary>The names in a folder, in any order, without <c>.</c> and <c>..</c>.</summary>
    /// <param name="folder">The path of the folder.</param>
    IEnumerable<string> Names(string folder);

    /// <summary>The path of something in a folder.</summary>
    /// <param name="folder">The path of the folder.</param>
    /// <param name="name">A name that <see cref="Names"/> gave.</param>
    string Join(string folder, string name);

    /// <summary>The last component of a path, for instance <c>c</c> for <c>/a/b/c/</c>, and the name of the present folder for <c>.</c>.</summary>
    /// <param name="path">The path.</param>
    string NameOf(string path);

    /// <summary>Opens a file for reading from its beginning.</summary>
    /// <param name="path">The path of a file; anything without an end is refused rather than waited for.</param>
    Stream OpenRead(string path);
}
