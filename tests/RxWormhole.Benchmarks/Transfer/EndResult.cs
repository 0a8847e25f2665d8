using System.Globalization;

namespace RxWormhole.Benchmarks.Transfer;

/// <summary>What one end measured of itself.</summary>
internal sealed record EndResult(double MibPerSecond, double CpuSeconds, double PeakMib, double AllocatedKib)
{
    internal static EndResult Parse(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var rate, var cpu, var peak, var allocated]
        ? new(Number(rate), Number(cpu), Number(peak), Number(allocated))
        : throw new Load.LoadException($"An end failed: {line}");

    internal string Line => string.Create(CultureInfo.InvariantCulture, $"{MibPerSecond:F1} {CpuSeconds:F3} {PeakMib:F1} {AllocatedKib:F1}");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{MibPerSecond,5:F0} MiB/s, {CpuSeconds:F2} s of processor time, {PeakMib:F0} MiB resident at most, {AllocatedKib:F0} KiB allocated");

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
