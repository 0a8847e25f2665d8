using System.Globalization;
using RxWormhole.Benchmarks.Load;

namespace RxWormhole.Benchmarks.Transfer;

/// <summary>How fast bulk data moves.</summary>
internal static class TransferCommand
{
    private const string Help =
        """
        transfer [direct] [relay] [memory] [start] [--gib 1] [--rounds 3] [--command FILE]      whole transfers: ours, the Python client's and the Go client's, in turns
        transfer pump [--gib 1] [--rounds 3] [--kinds plain,pump] [--record 256]     the pump against a plain loop, in turns; records of so many KiB in the loop

        FILE is rxwormhole as a native program; one is made if it is not given. Files go where temporary files go (TMPDIR).
        """;

    private static readonly string[] Options = ["--rounds", "--gib", "--command"];

    internal static async Task<int> RunAsync(string[] words)
    {
        try
        {
            return words switch
            {
                ["pump", .. var rest] => PumpComparison.Run(new(rest, "--gib", "--rounds", "--kinds", "--record")),
                ["end", var role, var port, var kind, var gib, var record] => await PumpEnd.RunAsync(
                    role, Whole(port), kind, double.Parse(gib, CultureInfo.InvariantCulture), Whole(record)),
                ["inside", .. var rest] => await ClientComparison.MeasureAsync(new(rest, Options)),
                ["help"] => throw new LoadException(Help),
                _ => await ClientComparison.RunAsync(words, new(words, Options)),
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
