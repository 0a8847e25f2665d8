using System.Diagnostics;
using System.Globalization;
using RxWormhole.Benchmarks.Load;

namespace RxWormhole.Benchmarks.Transfer;

/// <summary>The pump against a plain loop of the same primitives, in turns, both ends in processes of their own, over loopback.</summary>
internal static class PumpComparison
{
    internal static int Run(LoadArguments arguments)
    {
        var gib = arguments.Amount("--gib", 1);
        var rounds = arguments.Number("--rounds", 3);
        var kinds = arguments["--kinds"]?.Split(',') ?? [PumpEnd.Plain, PumpEnd.Pump];
        var results = kinds.ToDictionary(kind => kind, _ => new List<double>());
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var kind in kinds)
            {
                var (sender, receiver) = Turn(kind, gib, arguments["--record"] ?? "256");
                results[kind].Add(receiver.MibPerSecond);
                Console.WriteLine($"round {round}, {kind}");
                Console.WriteLine($"    sender:   {sender}");
                Console.WriteLine($"    receiver: {receiver}");
            }
        }

        foreach (var (kind, rates) in results)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind}: {rates.Order().ElementAt(rates.Count / 2):F0} MiB/s in the middle, {rates.Max():F0} at best"));
        return 0;
    }

    private static (EndResult Sender, EndResult Receiver) Turn(string kind, double gib, string record)
    {
        string[] common = [kind, gib.ToString(CultureInfo.InvariantCulture), record];
        using var receiver = Start(["receiver", "0", .. common]);
        var port = receiver.StandardOutput.ReadLine() ?? throw new LoadException("The receiver did not start.");
        using var sender = Start(["sender", port, .. common]);
        return (EndResult.Parse(sender.StandardOutput.ReadToEnd()), EndResult.Parse(receiver.StandardOutput.ReadToEnd()));
    }

    private static Process Start(string[] arguments)
    {
        var program = Environment.ProcessPath!;
        string[] self = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(PumpComparison).Assembly.Location] : [];
        return Process.Start(new ProcessStartInfo(program, [.. self, "transfer", "end", .. arguments]) { RedirectStandardOutput = true })!;
    }
}
