namespace RxWormhole.Contracts;

/// <summary><c>rxwormhole</c> as the build made it.</summary>
internal static class CommandProgram
{
    /// <summary>Its assembly, to be run with <c>dotnet exec</c>.</summary>
    internal static string Path { get; } = Find();

    private static string Find()
    {
        // src/RxWormhole.Cli/bin/Debug/net10.0/RxWormhole.Cli.dll, as this is tests/Y/bin/Debug/net10.0/Y.dll.
        var output = System.IO.Path.GetRelativePath(RepositoryRoot.Path, AppContext.BaseDirectory).Split(System.IO.Path.DirectorySeparatorChar)[2..];
        return System.IO.Path.Combine([RepositoryRoot.Path, "src", "RxWormhole.Cli", .. output, "RxWormhole.Cli.dll"]);
    }
}
