using System.Globalization;

namespace RxWormhole.Simulation;

/// <summary>Sees how soon each broken part is found out.</summary>
internal static class SabotageRun
{
    private const int Patience = 5_000;
    private const int Batch = 50;

    /// <summary>Names all of them.</summary>
    internal static int List()
    {
        foreach (var sabotage in Sabotage.All)
            Console.WriteLine($"{sabotage.Name,-26} {sabotage.What}");
        return 0;
    }

    /// <summary>Runs worlds with each of them until it is found out.</summary>
    internal static int Run(Settings settings, int threads)
    {
        var isCaught = true;
        foreach (var sabotage in Sabotage.All)
        {
            var (worlds, first) = WorldsUntilCaught(sabotage.Into(settings), threads);
            isCaught &= first is not null;
            var found = first is null ? "NOT FOUND OUT" : $"seed {first.Seed}: {string.Join(", ", first.Kinds)}";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sabotage.Name,-26} {worlds,5} worlds  {found}"));
        }

        return isCaught ? 0 : 1;
    }

    /// <summary>Runs worlds from seed 0 on until one fails.</summary>
    internal static (int Worlds, WorldResult? First) WorldsUntilCaught(Settings settings, int threads)
    {
        for (var first = 0; first < Patience; first += Batch)
        {
            var (tally, _) = Runner.Run(first, Batch, settings, threads);
            if (tally.Failures is [var failure, ..])
                return (failure.Seed + 1, failure);
        }

        return (Patience, null);
    }
}
