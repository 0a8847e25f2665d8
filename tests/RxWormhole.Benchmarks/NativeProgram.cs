using System.Diagnostics;
using RxWormhole.Benchmarks.Load;

namespace RxWormhole.Benchmarks;

/// <summary>A program of ours as the native one that users run.</summary>
internal static class NativeProgram
{
    /// <summary>Publishes it.</summary>
    /// <param name="project">The folder of its project, from the root of the repository.</param>
    /// <param name="program">What it is called.</param>
    /// <returns>Where it is.</returns>
    internal static string Make(string project, string program)
    {
        var root = Root();
        var output = Path.Combine(root, "artifacts", "native", program);
        // The tool chain takes clang unless it is told otherwise.
        string? compiler = Has("clang") ? "clang" : Has("gcc") ? "gcc" : null;
        string[] native = compiler is null ? ["-p:PublishAot=false"] : ["-r", "linux-x64", $"-p:CppCompilerAndLinker={compiler}"];
        Console.WriteLine(compiler is null ? "neither clang nor gcc is there: the program is compiled just in time" : $"making the native program with {compiler}");
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", "-c", "Release", Path.Combine(root, project), "-o", output, "-v", "q", .. native]))!;
        publish.WaitForExit();
        return publish.ExitCode == 0 ? Path.Combine(output, program) : throw new LoadException("The program could not be made.");
    }

    private static bool Has(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RxWormhole.sln")))
            folder = folder.Parent ?? throw new LoadException("This has to run inside the repository, or be told of a program.");
        return folder.FullName;
    }
}
