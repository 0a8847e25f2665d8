using System.Diagnostics;
using RxWormhole.Benchmarks.Load;

namespace RxWormhole.Benchmarks.Transfer;

/// <summary>Whole transfers, from one process to another: ours, the Python client's and the Go client's in turns, on a machine as good as alone.</summary>
internal static class ClientComparison
{
    // The Go client knows no other relay, and the Python client tells of no loopback address: so everything runs in namespaces of its own.
    private const string Alone =
        """
        ip link set lo up && hosts=$(mktemp) && printf '127.0.0.1 localhost transit.magic-wormhole.io\n' > $hosts && mount --bind $hosts /etc/hosts && rm $hosts; exec "$@"
        """;

    internal static async Task<int> RunAsync(string[] words, LoadArguments arguments)
    {
        if (arguments.Names.Except(TransferParts.Names).Any())
            throw new LoadException($"There is nothing of that name; there are: {string.Join(", ", TransferParts.Names)}.");
        string[] command = arguments["--command"] is null ? ["--command", NativeProgram.Make()] : [];
        using var inside = Process.Start(
            "unshare",
            [Environment.UserName == "root" ? "-nm" : "-rnm", "sh", "-c", Alone, "sh", Environment.ProcessPath!, .. Self(), "transfer", "inside", .. words, .. command]);
        await inside.WaitForExitAsync();
        return inside.ExitCode;
    }

    private static string[] Self() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [typeof(ClientComparison).Assembly.Location] : [];

    /// <summary>Measures, in the namespaces.</summary>
    internal static async Task<int> MeasureAsync(LoadArguments arguments)
    {
        using var server = new OurServers(null).Start("server", relay: "127.0.0.1:4001");
        var folder = Directory.CreateTempSubdirectory("rxwormhole-transfer-").FullName;
        try
        {
            var parts = new TransferParts(folder, server, Path.GetFullPath(arguments["--command"]!), arguments.Number("--rounds", 3), (long)(arguments.Amount("--gib", 1) * (1 << 30)));
            var aims = new List<Aim>();
            foreach (var name in TransferParts.Names.Where(name => arguments.Names.Count == 0 || arguments.Names.Contains(name)))
                aims.AddRange(await parts.RunAsync(name));
            Console.WriteLine();
            Console.WriteLine(Aim.Header);
            aims.ForEach(Console.WriteLine);
            return aims.TrueForAll(aim => aim.IsReached) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
