namespace RxWormhole.Contracts;

/// <summary><c>rxwormhole</c> as the build made it.</summary>
internal static class CommandProgram
{
    /// <summary>Its assembly, to be run with <c>dotnet exec</c>.</summary>
    internal static string Path { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "RxWormhole.sln")))
            folder = folder.Parent;
        var repository = folder?.FullName ?? throw new DirectoryNotFoundException($"no RxWormhole.sln above {AppContext.BaseDirectory}");
        // src/RxWormhole.Cli/bin/Debug/net10.0/rxwormhole.dll, as this is tests/Y/bin/Debug/net10.0/Y.dll.
        var output = System.IO.Path.GetRelativePath(repository, AppContext.BaseDirectory).Split(System.IO.Path.DirectorySeparatorChar)[2..];
        return System.IO.Path.Combine([repository, "src", "RxWormhole.Cli", .. output, "rxwormhole.dll"]);
    }
}
