using System.Diagnostics;
using RxWormhole.Benchmarks.Load;

namespace RxWormhole.Benchmarks.Transfer;

/// <summary>Our program that sends and receives, as the native program that users run.</summary>
internal static class Courier
{
    private const string Name = "RxWormhole.Interop.Courier";

    internal static string Make()
    {
        var root = Root();
        var output = Path.Combine(root, "artifacts", "courier");
        // The tool chain takes clang unless it is told otherwise.
        string? compiler = Has("clang") ? "clang" : Has("gcc") ? "gcc" : null;
        string[] native = compiler is null ? ["-p:PublishAot=false"] : ["-r", "linux-x64", $"-p:CppCompilerAndLinker={compiler}"];
        Console.WriteLine(compiler is null ? "neither clang nor gcc is there: the program is compiled just in time" : $"making the native program with {compiler}");
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", "-c", "Release", Path.Combine(root, "tests", Name), "-o", output, "-v", "q", .. native]))!;
        publish.WaitForExit();
        return publish.ExitCode == 0 ? Path.Combine(output, Name) : throw new LoadException("The program could not be made.");
    }

    private static bool Has(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RxWormhole.sln")))
            folder = folder.Parent ?? throw new LoadException("This has to run inside the repository, or be told of a --courier.");
        return folder.FullName;
    }
}
