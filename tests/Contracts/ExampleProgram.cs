using System.Diagnostics;

namespace RxWormhole.Contracts;

/// <summary>A program under <c>examples/</c> as the build made it, run as a process of its own with nobody at its terminal.</summary>
internal static class ExampleProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    internal static DirectoryInfo Repository { get; } = new(RepositoryRoot.Path);

    /// <summary>The names of all examples.</summary>
    internal static IEnumerable<string> All => new DirectoryInfo(Path.Combine(Repository.FullName, "examples"))
        .GetFiles("*.csproj", SearchOption.AllDirectories)
        .Select(project => Path.GetFileNameWithoutExtension(project.Name))
        .Order(StringComparer.Ordinal);

    /// <summary>What each prints when it has done what it is for.</summary>
    internal static IReadOnlyDictionary<string, string> Shows { get; } = new Dictionary<string, string>
    {
        ["Awaiting"] = "Bob was told: Hello from Alice",
        ["Blocking"] = "Bob was told: Hello from Alice",
        ["HostingAServer"] = "rxwormhole_mailbox_messages_total{otel_scope_name=\"RxWormhole.Server\"} 5",
        ["Polling"] = "Alice was told: Here I am.",
        ["Querying"] = "Bob was told: Hello from Alice",
        ["Quickstart"] = "Bob    closes: Happy",
        ["Resuming"] = "there is no journal any more: True",
        ["SendingFiles"] = "Bob reads: Dear Bob, this is a file.",
        ["SimulatingYourApp"] = "200 worlds, and nothing lost in any",
        ["TestingYourApp"] = "PhoneComesAfterFourMinutes_BothKeepTheSameKey: passed",
        ["TypingACode"] = "The friend says: Well typed.",
        ["Verifying"] = "mood: Scary",
        ["ViewModel"] = "Status    ended",
        ["Worker"] = "visitor 3 was here",
    };

    /// <summary>Runs one to its end and gives what it printed.</summary>
    internal static string Run(string name, params string[] arguments)
    {
        // examples/X/bin/Debug/net10.0/X.dll, as this is tests/Y/bin/Debug/net10.0/Y.dll.
        var output = Path.GetRelativePath(Repository.FullName, AppContext.BaseDirectory).Split(Path.DirectorySeparatorChar)[2..];
        var program = Path.Combine([Repository.FullName, "examples", name, .. output, $"{name}.dll"]);
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        process.StandardInput.Close();
        var standardOutput = process.StandardOutput.ReadToEndAsync();
        var standardError = process.StandardError.ReadToEndAsync();
        var hasEnded = process.WaitForExit(Patience);
        if (!hasEnded)
            process.Kill(entireProcessTree: true);
        var printed = $"{standardOutput.Result}\n{standardError.Result}";
        Assert.That(hasEnded, Is.True, () => $"{name} does not end.\n{printed}");
        Assert.That(process.ExitCode, Is.Zero, () => $"{name} failed.\n{printed}");
        Assert.That(standardError.Result, Is.Empty, $"{name} complains");
        return standardOutput.Result;
    }
}
