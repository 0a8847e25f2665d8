using Microsoft.Win32.SafeHandles;

namespace RxWormhole;

/// <summary>The file system of the machine.</summary>
/// <remarks>Where a platform does not say what is a pipe or device, such a thing counts as an empty file; those are never opened.</remarks>
public sealed class PhysicalFiles : IFileSource, IFileSink
{
    private PhysicalFiles()
    {
    }

    /// <summary>The one there is.</summary>
    public static PhysicalFiles Default { get; } = new();

    /// <inheritdoc/>
    public FileStat? Look(string path, bool followLink)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return OperatingSystem.IsLinux() ? LinuxStat.Look(path, followLink)?.ToStat() : PortableStat.Look(path, followLink);
    }

    /// <inheritdoc/>
    public FileStat? Look(string path) => Look(path, followLink: false);

    /// <inheritdoc cref="IFileSource.Names"/>
    public IEnumerable<string> Names(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFileSystemEntries(folder, "*", EverythingInIt).Select(path => Path.GetFileName(path))
        : [];

    /// <inheritdoc cref="IFileSource.Join"/>
    public string Join(string folder, string name) => Path.Join(folder, name);

    /// <inheritdoc/>
    public string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));

    /// <inheritdoc/>
    public Stream OpenRead(string path)
    {
        if (Look(path, followLink: true) is not { Kind: FileKind.File })
            throw new IOException($"There is no file at {path}.");
        return new HandleStream(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan), canWrite: false);
    }

    /// <inheritdoc/>
    public string FullPath(string path) => Path.GetFullPath(path);

    /// <inheritdoc/>
    public long? FreeSpace(string folder)
    {
        try
        {
            var full = Path.GetFullPath(folder);
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(full)! : full).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A share of the network, for instance, which has no drive.
            return null;
        }
    }

    /// <inheritdoc/>
    public UnixFileMode ModeOfNew(string folder)
    {
        const UnixFileMode Permissions = (UnixFileMode)0x1FF;
        if (OperatingSystem.IsWindows())
            return Permissions;

        // Asking the process for its mask would change it for a moment, for all threads; and a folder may have a list of its own for what is new in it.
        var path = Path.Join(folder, UnguessableName());
        Directory.CreateDirectory(path);
        try
        {
            return File.GetUnixFileMode(path) & Permissions;
        }
        finally
        {
            Directory.Delete(path);
        }
    }

    /// <inheritdoc/>
    public Stream Create(string path) => new HandleStream(CreateNew(path), canWrite: true);

    /// <inheritdoc/>
    public Stream OpenExisting(string path)
    {
        if (Look(path) is not { Kind: FileKind.File })
            throw new IOException($"There is no file at {path}.");
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        if (IsOurs(path, handle))
            return new HandleStream(handle, canWrite: true);
        handle.Dispose();
        throw new IOException($"The file at {path} was replaced meanwhile, or belongs to somebody else, too.");
    }

    /// <inheritdoc/>
    public Stream CreateUnnamed(string folder)
    {
        var path = Path.Join(folder, UnguessableName());
        if (OperatingSystem.IsWindows())
            return new HandleStream(File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose), canWrite: true);
        var handle = CreateNew(path);
        try
        {
            // A file that is open lives on without a name, but not longer than the process. Some file systems of the network refuse.
            File.Delete(path);
            return new HandleStream(handle, canWrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new HandleStream(handle, canWrite: true, deletedAtEnd: path);
        }
    }

    /// <inheritdoc/>
    public void CreateFolder(string path)
    {
        // Directory.CreateDirectory is content with a folder that is there; only the one who finds nothing makes it.
        if (Look(path) is not null)
            throw new IOException($"There is something at {path} already.");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } parent && !Directory.Exists(parent))
            throw new DirectoryNotFoundException($"There is no folder {parent}.");
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <inheritdoc/>
    public void Flush(string folder, bool whole)
    {
        if (OperatingSystem.IsLinux())
            LinuxStat.Flush(folder, whole);
        else if (whole)
            FlushFiles(folder);
    }

    /// <inheritdoc/>
    public void Move(string from, string to, bool overwrite)
    {
        if (!overwrite && OperatingSystem.IsLinux() && LinuxStat.TryMove(from, to))
            return;
        if (Directory.Exists(from))
            Directory.Move(from, to);
        else
            File.Move(from, to, overwrite);
    }

    /// <inheritdoc/>
    public void Delete(string path)
    {
        switch (Look(path))
        {
            case null:
                return;
            case { Kind: FileKind.Folder }:
                // It may have been unpacked with bits that keep even its owner out.
                MakeDeletable(path);
                Directory.Delete(path, recursive: true);
                return;
            default:
                File.Delete(path);
                return;
        }
    }

    /// <inheritdoc/>
    public void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    private static EnumerationOptions EverythingInIt { get; } = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        MatchType = MatchType.Simple,
        ReturnSpecialDirectories = false,
    };

    private static string UnguessableName() => $".{Convert.ToHexStringLower(SystemEntropy.Instance.Draw(16))}.rxwormhole-tmp";

    private static SafeFileHandle CreateNew(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        var stream = new FileStream(path, options);
#pragma warning disable CA1816 // There is no other way to a handle with permissions from the beginning, and the handle lives on without the stream.
        GC.SuppressFinalize(stream);
#pragma warning restore CA1816
        return stream.SafeFileHandle;
    }

    // Looked at when it is open: nobody can put another one in its place any more.
    private static bool IsOurs(string path, SafeFileHandle handle)
    {
        if (!OperatingSystem.IsLinux())
            return true;
        var opened = LinuxStat.Look(handle, path);
        return opened.ToStat() is { Kind: FileKind.File, IsOurs: true } && LinuxStat.Look(path, followLink: false) is { } facts && facts.Identity == opened.Identity;
    }

    // .NET opens no folders, so that names are left to the system.
    private static void FlushFiles(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", EverythingInIt))
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(handle);
        }

        foreach (var inside in Directory.EnumerateDirectories(folder, "*", EverythingInIt))
            FlushFiles(inside);
    }

    private void MakeDeletable(string folder)
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows() || Look(folder) is not { Kind: FileKind.Folder } stat)
            return;
        if ((stat.Mode & Owner) != Owner)
            SetMode(folder, stat.Mode | Owner);
        foreach (var inside in Directory.EnumerateDirectories(folder, "*", EverythingInIt))
            MakeDeletable(inside);
    }
}
