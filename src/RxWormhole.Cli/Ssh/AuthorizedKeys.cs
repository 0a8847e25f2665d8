using System.Text;

namespace RxWormhole.Cli;

/// <summary>The file that says whose keys may log in.</summary>
/// <remarks>A link in its place is followed, as every editor does: whoever has a link there keeps the file elsewhere.</remarks>
internal static class AuthorizedKeys
{
    private const string Name = "authorized_keys";
    private const int MostBytes = 16 << 20;
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode700 = FileMode600 | UnixFileMode.UserExecute;

    internal static string PathIn(string folder) => Path.Combine(folder, Name);

    /// <summary>Finds out whether a key could be added, before anybody is told a code. Leaves nothing behind.</summary>
    /// <exception cref="FailedException">It could not.</exception>
    internal static void Check(string folder) => Guard(folder, () =>
    {
        if (Path.Exists(PathIn(folder)))
        {
            Open(PathIn(folder)).Dispose();
            return;
        }

        var there = Directory.Exists(folder) ? folder : Path.GetDirectoryName(Path.GetFullPath(folder))!;
        new FileStream(Path.Combine(there, $".rxwormhole-{Environment.ProcessId}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
    });

    /// <summary>Adds a key, on a line of its own.</summary>
    /// <returns>False where it is there already; then nothing is changed.</returns>
    /// <exception cref="FailedException">It cannot be written.</exception>
    internal static bool Add(string folder, PublicKey key)
    {
        var isNew = false;
        Guard(folder, () =>
        {
            if (!Directory.Exists(folder))
                MakeFolder(folder);
            using var file = Open(PathIn(folder));
            var content = Read(file);
            if (isNew = !Has(content, key))
            {
                // At once, so that no half of a line is ever there.
                file.Write(Encoding.UTF8.GetBytes($"{(content is "" or [.., '\n'] ? "" : "\n")}{key}\n"));
                file.Flush(flushToDisk: true);
            }
        });
        return isNew;
    }

    private static bool Has(string content, PublicKey key) => content
        .Split('\n')
        .Where(line => !line.TrimStart().StartsWith('#'))
        .Any(line => line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries).Contains(key.Data));

    private static string Read(FileStream file)
    {
        if (file.Length > MostBytes)
            throw new IOException($"The file has more than {MostBytes} bytes.");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = FileMode600;
        return new FileStream(path, options);
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, FolderMode700);
    }

    private static void Guard(string folder, Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new FailedException(
                new Failure(ExitCode.LocalFile, $"'{PathIn(folder)}' cannot be written: {exception.Message}", "See whose folder it is and what its permissions are; --user names another account."), exception);
        }
    }
}
