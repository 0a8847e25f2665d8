using System.Globalization;
using RxWormhole.Benchmarks.Load;

namespace RxWormhole.Benchmarks.Transfer;

/// <summary>How fast bulk data moves.</summary>
internal static class TransferCommand
{
    private const string Help =
        """
        transfer pump [--gib 1] [--rounds 3] [--kinds plain,pump] [--record 256]     the pump against a plain loop, in turns; records of so many KiB in the loop
        """;

    internal static async Task<int> RunAsync(string[] words)
    {
        try
        {
            return words switch
            {
                ["pump", .. var rest] => PumpComparison.Run(new(rest, "--gib", "--rounds", "--kinds", "--record")),
                ["end", var role, var port, var kind, var gib, var record] => await PumpEnd.RunAsync(
                    role, Whole(port), kind, double.Parse(gib, CultureInfo.InvariantCulture), Whole(record)),
                _ => throw new LoadException(Help),
            };
        }
        catch (LoadException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
    }

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
