namespace RxWormhole;

/// <summary>A file or folder in a received folder, by its name in the folder above.</summary>
/// <param name="sent">The name that it was sent with.</param>
/// <param name="name">The name that it gets.</param>
/// <param name="isFolder">Whether it is a folder.</param>
internal sealed class FolderNode(string sent, string name, bool isFolder)
{
    private SortedDictionary<string, FolderNode>? inside;

    internal string Sent => sent;

    internal string Name => name;

    internal bool IsFolder => isFolder;

    /// <summary>The permission bits that it came with; null if it came with none.</summary>
    internal UnixFileMode? Mode { get; set; }

    /// <summary>What is in it.</summary>
    internal IEnumerable<FolderNode> Inside => inside?.Values ?? Enumerable.Empty<FolderNode>();

    internal FolderNode? Find(string key) => inside?.GetValueOrDefault(key);

    internal void Add(string key, FolderNode node) => (inside ??= new(StringComparer.Ordinal)).Add(key, node);
}
