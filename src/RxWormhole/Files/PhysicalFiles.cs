namespace RxWormhole;

/// <summary>The file system of the machine.</summary>
public sealed class PhysicalFiles : IFileSource, IFileSink
{
    private PhysicalFiles()
    {
    }

    /// <summary>The one there is.</summary>
    public static PhysicalFiles Default { get; } = new();

    /// <inheritdoc/>
    public FileStat? Look(string path, bool followLink) => throw new NotImplementedException();

    /// <inheritdoc/>
    public FileStat? Look(string path) => throw new NotImplementedException();

    /// <inheritdoc cref="IFileSource.Names"/>
    public IEnumerable<string> Names(string folder) => throw new NotImplementedException();

    /// <inheritdoc cref="IFileSource.Join"/>
    public string Join(string folder, string name) => throw new NotImplementedException();

    /// <inheritdoc/>
    public string NameOf(string path) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Stream OpenRead(string path) => throw new NotImplementedException();

    /// <inheritdoc/>
    public string FullPath(string path) => throw new NotImplementedException();

    /// <inheritdoc/>
    public long? FreeSpace(string folder) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Stream Create(string path) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Stream OpenExisting(string path) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Stream CreateUnnamed(string folder) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void CreateFolder(string path) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Move(string from, string to, bool overwrite) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Delete(string path) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void SetMode(string path, UnixFileMode mode) => throw new NotImplementedException();
}
