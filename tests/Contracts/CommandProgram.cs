namespace RxWormhole.Contracts;

/// <summary><c>rxwormhole</c>: the native program that RXWORMHOLE_COMMAND names, or else what the build made, run by <c>dotnet</c>.</summary>
internal static class CommandProgram
{
    private static readonly string? Native =
        Environment.GetEnvironmentVariable("RXWORMHOLE_COMMAND") is { Length: > 0 } path ? System.IO.Path.GetFullPath(path) : null;

    /// <summary>The program to start.</summary>
    internal static string Program => Native ?? "dotnet";

    /// <summary>Its assembly, as the build made it.</summary>
    internal static string Path { get; } = Find();

    /// <summary>What the program is given, for these words of a command line.</summary>
    internal static string[] Arguments(params string[] words) => Native is null ? ["exec", Path, .. words] : words;

    private static string Find()
    {
        // src/RxWormhole.Cli/bin/Debug/net10.0/RxWormhole.Cli.dll, as this is tests/Y/bin/Debug/net10.0/Y.dll.
        var output = System.IO.Path.GetRelativePath(RepositoryRoot.Path, AppContext.BaseDirectory).Split(System.IO.Path.DirectorySeparatorChar)[2..];
        return System.IO.Path.Combine([RepositoryRoot.Path, "src", "RxWormhole.Cli", .. output, "RxWormhole.Cli.dll"]);
    }
}
