namespace RxWormhole;

/// <summary>What .NET says about a path on every platform.</summary>
internal static class PortableStat
{
    private const int MostLinks = 40;

    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Looks at a path; null where there is nothing.</summary>
    internal static FileStat? Look(string path, bool followLink)
    {
        path = Path.GetFullPath(path);
        FileSystemInfo info = new FileInfo(path);
        if (followLink)
        {
            for (var links = 0; info.LinkTarget is not null; links++)
            {
                if (links == MostLinks || info.ResolveLinkTarget(returnFinalTarget: false) is not { } next)
                    return null;
                info = new FileInfo(next.FullName);
            }
        }

        if (info.LinkTarget is not null)
            return new FileStat(FileKind.Link, 0, FileMode, info.LastWriteTimeUtc);
        if (Directory.Exists(info.FullName))
            return new FileStat(FileKind.Folder, 0, ModeOf(info, FolderMode), info.LastWriteTimeUtc, RealPath(info.FullName));
        if (!info.Exists)
            return null;
        var kind = (info.Attributes & FileAttributes.Device) != 0 ? FileKind.Special : FileKind.File;
        return new FileStat(kind, kind == FileKind.File ? ((FileInfo)info).Length : 0, ModeOf(info, FileMode), info.LastWriteTimeUtc);
    }

    private static UnixFileMode ModeOf(FileSystemInfo info, UnixFileMode otherwise) => OperatingSystem.IsWindows() ? otherwise : info.UnixFileMode;

    // The path with every link on the way looked through: the same for two ways to a folder.
    internal static string RealPath(string path)
    {
        var root = Path.GetPathRoot(path)!;
        var real = root;
        var links = 0;
        var rest = new Stack<string>(Parts(path[root.Length..]));
        while (rest.TryPop(out var part))
        {
            var next = Path.GetFullPath(Path.Join(real, part));
            if (new DirectoryInfo(next).LinkTarget is { } target && links++ < MostLinks)
            {
                var full = Path.GetFullPath(target, real);
                real = Path.GetPathRoot(full)!;
                foreach (var each in Parts(full[real.Length..]))
                    rest.Push(each);
            }
            else
            {
                real = next;
            }
        }

        return real;
    }

    // Reversed, for a stack.
    private static IEnumerable<string> Parts(string path) =>
        path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse();
}
