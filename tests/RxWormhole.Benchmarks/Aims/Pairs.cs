namespace RxWormhole.Benchmarks.Aims;

/// <summary>Two things measured in turns, so that a machine whose speed drifts does not move their ratio.</summary>
/// <remarks>Processor time, not the clock's: what else runs on the machine does not count, what the collector does for us does.</remarks>
internal static class Pairs
{
    private const int Rounds = 51;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(60);

    // Long enough for the just-in-time compiler, which works in the background, to have done its best.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    /// <summary>Gives the median time of each in microseconds, and the median of the ratios, first to second.</summary>
    internal static (double First, double Second, double Ratio) Measure(Action first, Action second)
    {
        var (firsts, seconds, ratios) = (new double[Rounds], new double[Rounds], new double[Rounds]);
        For(WarmUp, first);
        For(WarmUp, second);
        for (var round = 0; round < Rounds; round++)
        {
            firsts[round] = For(Slice, first);
            seconds[round] = For(Slice, second);
            ratios[round] = firsts[round] / seconds[round];
        }

        return (Median(firsts), Median(seconds), Median(ratios));
    }

    internal static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static double For(TimeSpan time, Action action)
    {
        var count = 0;
        var start = Environment.CpuUsage.TotalTime;
        for (; Environment.CpuUsage.TotalTime - start < time; count++)
            action();
        return (Environment.CpuUsage.TotalTime - start).TotalMicroseconds / count;
    }
}
