using System.Globalization;

namespace RxWormhole.Benchmarks.Exchanges;

/// <summary>What exchanges of one client took.</summary>
internal sealed class ExchangeFigures(string name)
{
    private readonly List<ExchangeTimes> times = [];

    internal double[] All => [.. times.Select(each => each.All)];

    internal void Add(ExchangeTimes took, bool isCounted)
    {
        if (isCounted)
            times.Add(took);
    }

    internal static string Short(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Length / 2]:F1} ({sorted[0]:F1})");
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"  {name + ":",-6} {Short(All)} in all, {Short(times.Select(each => each.Code))} until the code; {times.Average(each => each.Cpu):F0} of processor time, the mean");
}
