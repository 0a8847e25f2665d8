using System.Diagnostics;
using RxWormhole.Benchmarks.Load;

namespace RxWormhole.Benchmarks;

/// <summary><c>rxwormhole</c> as the native program that users run.</summary>
internal static class NativeProgram
{
    /// <summary>Publishes it.</summary>
    /// <returns>Where it is.</returns>
    internal static string Make()
    {
        var root = Root();
        Console.WriteLine("making the native program");
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", "-c", "Release", Path.Combine(root, "src", "RxWormhole.Cli"), "-v", "q"]))!;
        publish.WaitForExit();
        return publish.ExitCode == 0 ? Path.Combine(root, "artifacts", "rxwormhole", "rxwormhole") : throw new LoadException("The program could not be made.");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RxWormhole.sln")))
            folder = folder.Parent ?? throw new LoadException("This has to run inside the repository, or be told of a program.");
        return folder.FullName;
    }
}
