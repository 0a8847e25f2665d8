namespace RxWormhole;

/// <summary>A file or folder in a received folder, by its name in the folder above.</summary>
/// <param name="name">The name that it gets.</param>
/// <param name="isFolder">Whether it is a folder.</param>
internal sealed class FolderNode(string name, bool isFolder)
{
    private SortedDictionary<string, FolderNode>? inside;

    internal string Name => name;

    internal bool IsFolder => isFolder;

    /// <summary>The permission bits that it came with; null if it came with none.</summary>
    internal UnixFileMode? Mode { get; set; }

    /// <summary>What is in it.</summary>
    internal IEnumerable<FolderNode> Inside => inside?.Values ?? Enumerable.Empty<FolderNode>();

    internal FolderNode? Find(string key) => inside?.GetValueOrDefault(key);

    // By the name in the spelling that file systems compare: two that differ only in case, or in how an accent is written, are the same on some.
    internal void Add(string key, FolderNode node) => (inside ??= new(StringComparer.OrdinalIgnoreCase)).Add(key, node);
}
