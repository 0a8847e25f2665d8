using System.Diagnostics;
using RxWormhole.Contracts;

namespace RxWormhole.Fuzz;

/// <summary>This program once more, with our assemblies telling where they are: SharpFuzz puts a line of code in front of each branch.</summary>
internal static class InstrumentedCopy
{
    private static readonly string[] Assemblies = ["RxWormhole.Protocol.dll", "RxWormhole.dll", "RxWormhole.Server.dll", "RxWormhole.Cli.dll"];

    private static string Folder { get; } = Path.Combine(RepositoryRoot.Path, "artifacts", "fuzz-instrumented");

    /// <summary>Whether this is the copy.</summary>
    internal static bool IsHere => Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory) == Folder;

    /// <summary>Makes the copy, and runs it with the same arguments.</summary>
    /// <returns>Its exit code.</returns>
    internal static int Run(string[] arguments)
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Folder, Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        foreach (var assembly in Assemblies)
            SharpFuzz.Fuzzer.Instrument(Path.Combine(Folder, assembly), static _ => true, SharpFuzz.Options.Value);

        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(Folder, "RxWormhole.Fuzz.dll"), .. arguments]))!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
