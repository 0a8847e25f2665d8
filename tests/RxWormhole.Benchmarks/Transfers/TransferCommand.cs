using System.Diagnostics;
using RxWormhole.Benchmarks.Load;

namespace RxWormhole.Benchmarks.Transfers;

/// <summary>Whole transfers, from one process to another: ours, the Python client's and the Go client's in turns, on a machine as good as alone.</summary>
internal static class TransferCommand
{
    private const string Help =
        """
        transfer [NAME ...] [--rounds 3] [--gib 1] [--courier FILE]

        NAME is direct, relay, memory or start; without names all are measured. FILE is the native program; without it, one is made where clang or gcc is there.
        Files go where temporary files go (TMPDIR), which should be the disk that is meant, or memory.
        """;

    // The Go client knows no other relay, and the Python client tells of no loopback address: so everything runs in namespaces of its own.
    private const string Alone =
        """
        ip link set lo up && hosts=$(mktemp) && printf '127.0.0.1 localhost transit.magic-wormhole.io\n' > $hosts && mount --bind $hosts /etc/hosts && rm $hosts; exec "$@"
        """;

    internal static async Task<int> RunAsync(string[] words)
    {
        try
        {
            return words switch
            {
                ["inside", .. var rest] => await MeasureAsync(new(rest, "--rounds", "--gib", "--courier")),
                _ => await EnterAsync(words),
            };
        }
        catch (LoadException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
    }

    private static async Task<int> EnterAsync(string[] words)
    {
        var arguments = new LoadArguments(words, "--rounds", "--gib", "--courier");
        if (arguments.Names.Except(TransferParts.Names).Any())
            throw new LoadException(Help);
        string[] courier = arguments["--courier"] is null ? ["--courier", Courier.Make()] : [];
        using var inside = Process.Start(
            "unshare",
            [Environment.UserName == "root" ? "-nm" : "-rnm", "sh", "-c", Alone, "sh", Environment.ProcessPath!, .. Self(), "transfer", "inside", .. words, .. courier]);
        await inside.WaitForExitAsync();
        return inside.ExitCode;
    }

    private static string[] Self() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [typeof(TransferCommand).Assembly.Location] : [];

    private static async Task<int> MeasureAsync(LoadArguments arguments)
    {
        using var server = new OurServers(null).Start("server", relay: "127.0.0.1:4001");
        var folder = Directory.CreateTempSubdirectory("rxwormhole-transfer-").FullName;
        try
        {
            var parts = new TransferParts(folder, server, arguments["--courier"]!, arguments.Number("--rounds", 3), (long)(arguments.Amount("--gib", 1) * (1 << 30)));
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
