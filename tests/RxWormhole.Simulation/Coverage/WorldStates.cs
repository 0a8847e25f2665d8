using System.Numerics;

namespace RxWormhole.Simulation;

/// <summary>The states in which a link can be lost: where in the script it was, and what kind of link.</summary>
internal static class WorldStates
{
    private static readonly int Rows = Enum.GetValues<LossRow>().Length;
    private static readonly int Kinds = Enum.GetValues<LinkKind>().Length;

    internal static int Count => Rows * Kinds;

    internal static int Bit(LossRow row, LinkKind kind) => (int)row * Kinds + (int)kind;

    internal static int CountOf(ulong states) => BitOperations.PopCount(states);

    /// <summary>Whether a row was hit on any kind of link.</summary>
    internal static bool Has(ulong states, LossRow row) => (states >> ((int)row * Kinds) & ((1UL << Kinds) - 1)) != 0;

    internal static IEnumerable<string> Missing(ulong states)
    {
        foreach (var row in Enum.GetValues<LossRow>())
        {
            foreach (var kind in Enum.GetValues<LinkKind>())
            {
                if ((states >> Bit(row, kind) & 1) == 0)
                    yield return $"{row} on {kind}";
            }
        }
    }
}
