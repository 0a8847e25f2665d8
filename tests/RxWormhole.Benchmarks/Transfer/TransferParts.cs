using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RxWormhole.Benchmarks.Load;

namespace RxWormhole.Benchmarks.Transfer;

/// <summary>What is measured of transfers.</summary>
internal sealed partial class TransferParts(string folder, LoadedServer server, string command, int rounds, long length)
{
    private const string Address = "192.0.2.1/32";
    private const double Mib = 1 << 20;

    private readonly TransferClient[] clients = TransferClient.All(command, new Uri($"ws://127.0.0.1:{server.Mailbox!.EndPoint.Port}/v1"));

    private readonly Dictionary<bool, double[]> ourRates = [];

    internal static string[] Names { get; } = ["direct", "relay", "memory", "start"];

    internal async Task<IEnumerable<Aim>> RunAsync(string name)
    {
        await AddressAsync(name != "relay");
        try
        {
            return name switch
            {
                "direct" or "relay" => Rates(name == "relay"),
                "memory" => Memory(),
                _ => Start(),
            };
        }
        finally
        {
            if (name != "relay")
                await AddressAsync(false);
        }
    }

    // What a transfer takes is what it takes for all its bytes beyond what it takes for one: programs that begin, find each other and end are left out.
    private List<Aim> Rates(bool isRelayed)
    {
        var way = isRelayed ? "relay" : "direct";
        var (large, small) = (MakeFile("large.bin", length), MakeFile("small.bin", 1));
        var rates = clients.Select(_ => new double[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (client, place) in clients.Select((client, place) => (client, place)))
            {
                var setUp = Transfer(client, isRelayed, small);
                var result = Transfer(client, isRelayed, large);
                rates[place][round] = length / Mib / (result.Seconds - setUp.Seconds);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {way}, {client.Name}: {rates[place][round]:F0} MiB/s; {result.Seconds:F2} s, {setUp.Seconds:F2} s for one byte; processor {result.SenderCpu:F2} + {result.ReceiverCpu:F2} s; peak {result.SenderPeak:F0} + {result.ReceiverPeak:F0} MiB"));
            }
        }

        ourRates[isRelayed] = rates[0];
        List<Aim> aims = isRelayed && ourRates.TryGetValue(false, out var direct)
            ? [Aim.Ratio("ours: MiB a second through the relay, to direct", rates[0], direct, 0.8, isLeast: true)]
            : [];
        return [
            Aim.Ratio($"{way}: MiB a second, to Python", rates[0], rates[1], 1.6, isLeast: true),
            Aim.Ratio($"{way}: MiB a second, to Go", rates[0], rates[2], 2.5, isLeast: true),
            .. aims];
    }

    private List<Aim> Memory()
    {
        var aims = new List<Aim>();
        foreach (var bytes in new[] { 1L << 20, 1L << 30, 10L << 30 })
        {
            var file = Path.Combine(folder, "sparse.bin");
            using (var stream = File.Create(file))
                stream.SetLength(bytes);
            var result = Transfer(clients[0], isRelayed: false, file);
            File.Delete(file);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  memory, {bytes >> 20} MiB: {result.SenderPeak:F1} + {result.ReceiverPeak:F1} MiB; {result.Seconds:F2} s"));
            var most = Math.Max(result.SenderPeak, result.ReceiverPeak);
            aims.Add(new Aim($"ours: peak of either end with {bytes >> 20} MiB, in MiB", most, null, most, 64, IsLeast: false));
        }

        return aims;
    }

    private List<Aim> Start()
    {
        var (file, times) = (MakeFile("small.bin", 1), Path.Combine(folder, "times.json"));
        var client = clients[0] with { Send = (isRelayed, what) => [.. clients[0].Send(isRelayed, what), "--dump-timing", times] };
        var begun = Enumerable.Range(0, Math.Max(rounds, 5))
            .Select(_ =>
            {
                Transfer(client, isRelayed: false, file);
                return Begun(times);
            })
            .Order().ToArray();
        Console.WriteLine($"  start: {string.Join(", ", begun.Select(each => each.ToString("F1", CultureInfo.InvariantCulture)))} ms from pairing to the connection");
        return [new Aim("ours: ms from pairing to the connection", begun[begun.Length / 2], null, begun[begun.Length / 2], 50, IsLeast: false)];
    }

    private Result Transfer(TransferClient client, bool isRelayed, string file)
    {
        var into = Directory.CreateDirectory(Path.Combine(folder, "to")).FullName;
        try
        {
            using var sender = new WatchedProcess(client.Program, client.Send(isRelayed, file), folder);
            var code = sender.WaitFor(said => Code().Match(said) is { Success: true } match ? match.Groups[1].Value : null);
            var clock = Stopwatch.StartNew();
            using var receiver = new WatchedProcess(client.Program, client.Receive(isRelayed, code), into);
            // The Go client asks.
            receiver.Say("y");
            receiver.WaitForExit();
            sender.WaitForExit();
            var seconds = clock.Elapsed.TotalSeconds;
            var arrived = new FileInfo(Path.Combine(into, Path.GetFileName(file)));
            if (!arrived.Exists || arrived.Length != new FileInfo(file).Length)
                throw new LoadException($"{client.Name}: what was sent did not arrive.");
            return new Result(seconds, sender.CpuSeconds, receiver.CpuSeconds, sender.PeakMib, receiver.PeakMib);
        }
        finally
        {
            Directory.Delete(into, recursive: true);
        }
    }

    // Milliseconds from pairing to the connection, as the sender noted them.
    private static double Begun(string times)
    {
        var spans = JsonNode.Parse(File.ReadAllText(times))!.AsArray();
        return (At("transit connected") - At("Paired")) * 1000;

        double At(string name) => (double)spans.First(span => (string?)span!["name"] == name)!["start"]!;
    }

    private string MakeFile(string name, long bytes)
    {
        var path = Path.Combine(folder, name);
        if (File.Exists(path))
            return path;
        using var file = File.Create(path);
        var block = new byte[1 << 20];
        for (var left = bytes; left > 0; left -= block.Length)
        {
#pragma warning disable CA5394 // What is random here is no secret.
            Random.Shared.NextBytes(block);
#pragma warning restore CA5394
            file.Write(block, 0, (int)Math.Min(left, block.Length));
        }

        return path;
    }

    private static async Task AddressAsync(bool isThere)
    {
        using var ip = Process.Start("ip", isThere ? ["addr", "replace", Address, "dev", "lo"] : ["addr", "flush", "dev", "lo", "to", Address]);
        await ip.WaitForExitAsync();
    }

    private sealed record Result(double Seconds, double SenderCpu, double ReceiverCpu, double SenderPeak, double ReceiverPeak);

    [GeneratedRegex(@"[Cc]ode is: (\S+)\n")]
    private static partial Regex Code();
}
