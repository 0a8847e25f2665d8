namespace RxWormhole;

/// <summary>The file system that files are received into: the seam between the library and the disk, and what it is replaced by in virtual time.</summary>
/// <remarks>
/// Paths are those of the file system; the names in them were made safe before. No method follows a link as the last component of a path.
/// Every method may fail with an <see cref="IOException"/> or an <see cref="UnauthorizedAccessException"/>.
/// </remarks>
public interface IFileSink
{
    /// <summary>Looks at a path; null where there is nothing. A link is a link, wherever it leads.</summary>
    /// <param name="path">The path.</param>
    FileStat? Look(string path);

    /// <summary>The names in a folder, in any order; none where there is no such folder.</summary>
    /// <param name="folder">The path of the folder.</param>
    IEnumerable<string> Names(string folder);

    /// <summary>The path of something in a folder.</summary>
    /// <param name="folder">The path of the folder.</param>
    /// <param name="name">One component.</param>
    string Join(string folder, string name);

    /// <summary>The path in full, for people and programs.</summary>
    /// <param name="path">The path.</param>
    string FullPath(string path);

    /// <summary>How many bytes may still be written into a folder; null where that is not known.</summary>
    /// <param name="folder">The path of a folder that is there.</param>
    long? FreeSpace(string folder);

    /// <summary>The permission bits that the user lets new folders have; new files have them without those to execute.</summary>
    /// <param name="folder">The folder where they would be made.</param>
    UnixFileMode ModeOfNew(string folder);

    /// <summary>Makes a new file for writing and reading, which nobody else can open meanwhile; fails where there is anything at the path.</summary>
    /// <param name="path">The path.</param>
    /// <remarks>Where there are permissions, other users have none.</remarks>
    /// <remarks>The stream can seek. Flushing it brings the content to the disk.</remarks>
    Stream Create(string path);

    /// <summary>
    /// Opens a file that is there for writing and reading, from its beginning; fails where somebody else has it open, and where what is opened is not ours:
    /// see <see cref="FileStat.IsOurs"/>.
    /// </summary>
    /// <param name="path">The path.</param>
    Stream OpenExisting(string path);

    /// <summary>Makes a file that nobody can find, and that is gone when its stream is disposed of, or the process ends.</summary>
    /// <param name="folder">The folder whose space it takes.</param>
    Stream CreateUnnamed(string folder);

    /// <summary>Makes a folder; fails where there is anything at the path, or nothing to make it in.</summary>
    /// <param name="path">The path.</param>
    /// <remarks>Where there are permissions, other users have none.</remarks>
    void CreateFolder(string path);

    /// <summary>Brings a folder to the disk.</summary>
    /// <param name="folder">Its path.</param>
    /// <param name="whole">Whether everything in it is meant, however deep and with all content, or only what things in it are called.</param>
    void Flush(string folder, bool whole);

    /// <summary>Gives a file or folder another name in the same file system, at once or not at all.</summary>
    /// <param name="from">The path it has.</param>
    /// <param name="to">The path it gets.</param>
    /// <param name="overwrite">Whether a file at that path is replaced; if not, or if a folder is there, it fails.</param>
    void Move(string from, string to, bool overwrite);

    /// <summary>Deletes a file, or a folder with all that is in it. No link is followed. Nothing there is no fault.</summary>
    /// <param name="path">The path.</param>
    void Delete(string path);

    /// <summary>Sets the permission bits, where there are any.</summary>
    /// <param name="path">The path of a file or folder.</param>
    /// <param name="mode">The bits.</param>
    void SetMode(string path, UnixFileMode mode);
}
