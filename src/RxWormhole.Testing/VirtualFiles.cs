using System.Reactive.Concurrency;

namespace RxWormhole.Testing;

/// <summary>A file system in memory and in virtual time, to send from and to receive into: with links, pipes and permissions, a quota, slow disks and failing ones.</summary>
/// <remarks>
/// Paths are absolute, with slashes, from <c>/</c>; relative ones begin there, too. Every asynchronous read or write takes the time that
/// <see cref="BytesPerSecond"/> says and completes on the clock; the synchronous ones take none. It may be used by several threads at once.
/// </remarks>
public sealed partial class VirtualFiles
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, VirtualNode> nodes = new(StringComparer.Ordinal);
    private readonly SortedSet<string> forbidden = new(StringComparer.Ordinal);
    private readonly IScheduler clock;
    private long nextIdentity;
    private long written;
    private long used;
    private int open;

    /// <summary>Makes an empty file system.</summary>
    /// <param name="clock">Where time comes from.</param>
    /// <exception cref="ArgumentNullException">The argument is null.</exception>
    public VirtualFiles(IScheduler clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        this.clock = clock;
    }

    /// <summary>How many bytes all files together may have; null for no limit.</summary>
    public long? Quota { get; set; }

    /// <summary>Whether names that differ only in case are the same, as on many systems. To be set before anything is made.</summary>
    public bool IgnoresCase { get; set; }

    /// <summary>How fast files are read and written, each stream by itself; null for at once.</summary>
    public double? BytesPerSecond { get; set; }

    /// <summary>After how many written bytes, counted over all files, the disk fails: every later write does. Null for never.</summary>
    public long? FailsAfter { get; set; }

    /// <summary>The bytes of all files together, those without a name included.</summary>
    public long Used
    {
        get
        {
            lock (gate)
                return used;
        }
    }

    /// <summary>The files whose content was written and not brought to the disk: what would be lost if the power failed. Those without a name are not among them.</summary>
    public IReadOnlyList<string> Unflushed
    {
        get
        {
            lock (gate)
                return [.. nodes.Where(each => each.Value.IsUnflushed).Select(each => each.Key)];
        }
    }

    /// <summary>How many streams have been opened and not been disposed of.</summary>
    public int Open
    {
        get
        {
            lock (gate)
                return open;
        }
    }

    /// <summary>All paths there are, sorted; folders end with a slash. What has no name is not among them.</summary>
    public IReadOnlyList<string> Paths
    {
        get
        {
            lock (gate)
                return [.. nodes.Select(each => each.Value.Kind == FileKind.Folder ? each.Key + "/" : each.Key)];
        }
    }

    /// <summary>Makes a file, with the folders it is in, or gives one that is there another content.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="content">Its content.</param>
    public void AddFile(string path, ReadOnlySpan<byte> content) =>
        AddFile(path, content, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

    /// <summary>Makes a file, with the folders it is in, or gives one that is there another content.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="content">Its content.</param>
    /// <param name="mode">Its permission bits.</param>
    public void AddFile(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var full = Full(path);
        lock (gate)
        {
            AddParents(full);
            var node = NewNode(FileKind.File, mode);
            node.Content = content.ToArray();
            node.Length = content.Length;
            used += node.Length - (nodes.TryGetValue(full, out var before) ? before.Length : 0);
            nodes[full] = node;
        }
    }

    /// <summary>Makes a folder, with the folders it is in, unless it is there.</summary>
    /// <param name="path">Its path.</param>
    public void AddFolder(string path)
    {
        lock (gate)
            AddParents(Full(path) + "/");
    }

    /// <summary>Makes a symbolic link, with the folders it is in.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="target">Where it leads: from <c>/</c>, or from the folder it is in.</param>
    public void AddLink(string path, string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var full = Full(path);
        lock (gate)
        {
            AddParents(full);
            var node = NewNode(FileKind.Link, default);
            node.Target = target;
            nodes[full] = node;
        }
    }

    /// <summary>Makes a pipe or something like it, with the folders it is in: whoever opens it makes the test fail.</summary>
    /// <param name="path">Its path.</param>
    public void AddSpecial(string path)
    {
        var full = Full(path);
        lock (gate)
        {
            AddParents(full);
            nodes[full] = NewNode(FileKind.Special, default);
        }
    }

    /// <summary>Makes that a file cannot be opened, or nothing in a folder be listed or made, from now on.</summary>
    /// <param name="path">Its path.</param>
    public void Forbid(string path)
    {
        lock (gate)
            forbidden.Add(Full(path));
    }

    /// <summary>Makes that a file or folder belongs to another user from now on.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="FileNotFoundException">There is nothing.</exception>
    public void Disown(string path)
    {
        lock (gate)
            (Find(Full(path)) ?? throw new FileNotFoundException($"There is nothing at {path}.")).IsForeign = true;
    }

    /// <summary>The content of a file.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="FileNotFoundException">There is no file.</exception>
    public byte[] Read(string path)
    {
        lock (gate)
            return Find(Full(path)) is { Kind: FileKind.File } node ? node.Content[..(int)node.Length] : throw new FileNotFoundException($"There is no file {path}.");
    }

    internal IScheduler Clock => clock;

    private static string Full(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".")
                continue;
            if (part == "..")
                parts.RemoveRange(Math.Max(0, parts.Count - 1), Math.Min(1, parts.Count));
            else
                parts.Add(part);
        }

        return "/" + string.Join('/', parts);
    }

    private static string ParentOf(string full) => full[..Math.Max(1, full.LastIndexOf('/'))];

    private VirtualNode NewNode(FileKind kind, UnixFileMode mode) => new(kind, $"{++nextIdentity}") { Mode = mode, Modified = clock.Now };

    private VirtualNode NewFolder() => NewNode(FileKind.Folder, UsualMode);

    private const UnixFileMode UsualMode = (UnixFileMode)0b111_101_101;

    private void AddParents(string full)
    {
        for (var slash = full.IndexOf('/', 1); slash > 0; slash = full.IndexOf('/', slash + 1))
        {
            if (!nodes.ContainsKey(full[..slash]))
                nodes.Add(full[..slash], NewFolder());
        }
    }

    // The root is no node: it is always there.
    private VirtualNode? Find(string full) => full == "/" ? Root : nodes.GetValueOrDefault(full);

    private VirtualNode Root { get; } = new(FileKind.Folder, "0") { Mode = (UnixFileMode)0b111_101_101 };
}
