using System.Globalization;

namespace RxWormhole.Benchmarks.Load;

/// <summary>A figure against what was aimed at.</summary>
/// <param name="What">What was measured, and in which unit.</param>
/// <param name="Ours">Ours.</param>
/// <param name="Other">What it is compared with, or null.</param>
/// <param name="Value">What is held against the aim: a ratio, mostly.</param>
/// <param name="Bound">The aim.</param>
/// <param name="IsLeast">Whether the aim is the least it should be, or the most.</param>
internal sealed record Aim(string What, double Ours, double? Other, double Value, double Bound, bool IsLeast)
{
    internal bool IsReached => IsLeast ? Value >= Bound : Value <= Bound;

    /// <summary>Two figures of several rounds: the medians, and the median of the ratios within a round.</summary>
    /// <remarks>A machine whose speed drifts does not move those ratios.</remarks>
    internal static Aim Ratio(string what, IReadOnlyList<double> ours, IReadOnlyList<double> others, double bound, bool isLeast = false) =>
        new(what, Median(ours), Median(others), Median([.. ours.Zip(others, (our, other) => our / other)]), bound, isLeast);

    internal static string Header => $"{"",-62}{"ours",11}{"other",11}{"",11}{"aim",11}";

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{What,-62}{Short(Ours),11}{(Other is { } other ? Short(other) : ""),11}{Short(Value),11}"
        + $"{(IsLeast ? ">= " : "<= ") + Short(Bound),11}   {(IsReached ? "reached" : "MISSED")}");

    private static double Median(IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Short(double value) => value.ToString(Math.Abs(value) >= 100 ? "F0" : Math.Abs(value) >= 10 ? "F1" : "0.###", CultureInfo.InvariantCulture);
}
