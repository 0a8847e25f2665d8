namespace RxWormhole.Testing;

public sealed partial class VirtualFiles : IFileSource, IFileSink
{
    private const int MostLinks = 40;

    /// <inheritdoc/>
    public FileStat? Look(string path, bool followLink)
    {
        lock (gate)
            return Resolve(path, followLink) is { } full ? Find(full)?.Stat : null;
    }

    /// <inheritdoc/>
    public FileStat? Look(string path) => Look(path, followLink: false);

    /// <inheritdoc cref="IFileSource.Names"/>
    public IEnumerable<string> Names(string folder)
    {
        lock (gate)
        {
            if (Resolve(folder, followLast: true) is not { } full || Find(full) is not { Kind: FileKind.Folder })
                return [];
            Check(full);
            var prefix = full == "/" ? full : full + "/";
            return [.. nodes.Keys.Where(each => each.StartsWith(prefix, StringComparison.Ordinal) && each.IndexOf('/', prefix.Length) < 0).Select(each => each[prefix.Length..])];
        }
    }

    /// <inheritdoc cref="IFileSource.Join"/>
    public string Join(string folder, string name) => $"{folder}/{name}";

    /// <inheritdoc/>
    public string NameOf(string path) => Full(path)[(Full(path).LastIndexOf('/') + 1)..];

    /// <inheritdoc/>
    public string FullPath(string path) => Full(path);

    /// <inheritdoc/>
    public long? FreeSpace(string folder)
    {
        lock (gate)
            return Quota is { } quota ? Math.Max(0, quota - used) : null;
    }

    /// <inheritdoc/>
    public Stream OpenRead(string path)
    {
        lock (gate)
        {
            var node = FileAt(path, followLast: true);
            open++;
            return new VirtualFile(this, node, canWrite: false, isNamed: true);
        }
    }

    /// <inheritdoc/>
    public UnixFileMode ModeOfNew(string folder) => UsualMode;

    /// <inheritdoc/>
    public Stream OpenExisting(string path)
    {
        lock (gate)
        {
            var node = FileAt(path, followLast: false);
            if (node.IsTaken || node.IsForeign)
                throw new IOException($"Somebody has {path} open, or it is somebody else's.");
            return Taken(node, isNamed: true);
        }
    }

    /// <inheritdoc/>
    public Stream Create(string path)
    {
        lock (gate)
        {
            var node = NewNode(FileKind.File, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            nodes.Add(NewPlace(path), node);
            return Taken(node, isNamed: true);
        }
    }

    /// <inheritdoc/>
    public Stream CreateUnnamed(string folder)
    {
        lock (gate)
        {
            // Fails where a named one would.
            NewPlace(Join(folder, ".unnamed"));
            return Taken(NewNode(FileKind.File, UnixFileMode.UserRead | UnixFileMode.UserWrite), isNamed: false);
        }
    }

    /// <inheritdoc/>
    public void CreateFolder(string path)
    {
        lock (gate)
            nodes.Add(NewPlace(path), NewNode(FileKind.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    /// <inheritdoc/>
    public void Flush(string folder, bool whole)
    {
        lock (gate)
        {
            if (Resolve(folder, followLast: true) is not { } full || Find(full) is not { Kind: FileKind.Folder })
                throw new DirectoryNotFoundException($"There is no folder {folder}.");
            foreach (var (_, node) in nodes.Where(each => whole && each.Key.StartsWith(full + "/", StringComparison.Ordinal)))
                node.IsUnflushed = false;
        }
    }

    /// <inheritdoc/>
    public void Move(string from, string to, bool overwrite)
    {
        lock (gate)
        {
            if (Resolve(from, followLast: false) is not { } source || !nodes.TryGetValue(source, out var node))
                throw new FileNotFoundException($"There is nothing at {from}.");
            var replaced = Resolve(to, followLast: false) is { } there ? Find(there) : null;
            if (replaced is not null && !(overwrite && replaced.Kind == FileKind.File && node.Kind == FileKind.File))
                throw new IOException($"There is something at {to} already.");
            if (replaced is not null)
                Delete(to);
            var target = NewPlace(to);
            foreach (var (path, each) in nodes.Where(each => each.Key == source || each.Key.StartsWith(source + "/", StringComparison.Ordinal)).ToArray())
            {
                nodes.Remove(path);
                nodes.Add(target + path[source.Length..], each);
            }
        }
    }

    /// <inheritdoc/>
    public void Delete(string path)
    {
        lock (gate)
        {
            if (Resolve(path, followLast: false) is not { } full)
                return;
            foreach (var (each, node) in nodes.Where(each => each.Key == full || each.Key.StartsWith(full + "/", StringComparison.Ordinal)).ToArray())
            {
                nodes.Remove(each);
                used -= node.Length;
            }
        }
    }

    /// <inheritdoc/>
    public void SetMode(string path, UnixFileMode mode)
    {
        lock (gate)
        {
            if (Resolve(path, followLast: false) is { } full && Find(full) is { } node)
                node.Mode = mode;
        }
    }

    private VirtualFile Taken(VirtualNode node, bool isNamed)
    {
        node.IsTaken = true;
        open++;
        return new VirtualFile(this, node, canWrite: true, isNamed);
    }

    private VirtualNode FileAt(string path, bool followLast)
    {
        if (Resolve(path, followLast) is not { } full || Find(full) is not { } node)
            throw new FileNotFoundException($"There is no file {path}.");
        if (node.Kind == FileKind.Special)
            throw new InvalidOperationException($"{path} is no file and must never be opened.");
        if (node.Kind != FileKind.File)
            throw new IOException($"{path} is no file.");
        Check(full);
        return node;
    }

    private string NewPlace(string path)
    {
        if (Resolve(path, followLast: false) is not { } full || Find(ParentOf(full)) is not { Kind: FileKind.Folder })
            throw new DirectoryNotFoundException($"There is no folder for {path}.");
        Check(ParentOf(full));
        return Find(full) is null ? full : throw new IOException($"There is something at {path} already.");
    }

    private void Check(string full)
    {
        if (forbidden.Contains(full))
            throw new UnauthorizedAccessException($"Access to {full} is denied.");
    }

    private string Spelled(string full) =>
        IgnoresCase && !nodes.ContainsKey(full) ? nodes.Keys.FirstOrDefault(each => each.Equals(full, StringComparison.OrdinalIgnoreCase)) ?? full : full;

    // Looks through the links on the way; null if there are too many.
    private string? Resolve(string path, bool followLast)
    {
        var rest = new Stack<string>(Full(path).Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        var full = "/";
        for (var links = 0; rest.TryPop(out var part);)
        {
            var next = Spelled(Full($"{full}/{part}"));
            if (nodes.GetValueOrDefault(next) is { Kind: FileKind.Link } link && (followLast || rest.Count > 0))
            {
                if (++links > MostLinks)
                    return null;
                var target = link.Target.StartsWith('/') ? link.Target : $"{full}/{link.Target}";
                foreach (var each in Full(target).Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
                    rest.Push(each);
                full = "/";
            }
            else
            {
                full = next;
            }
        }

        return full;
    }
}
