namespace RxWormhole.Benchmarks.Aims;

/// <summary>Start and finish within 15 % of the same calls in a plain loop.</summary>
internal static class Spake2Aim
{
    internal static bool Run()
    {
        var side = new Spake2Sides();
        var (library, plain, ratio) = Pairs.Measure(() => side.ByLibrary().Dispose(), () => side.ByPlainCalls());
        Console.WriteLine($"SPAKE2, one side             {library,9:F1} µs   plain calls {plain:F1} µs   ratio {ratio:F3}   aim: at most 1.15");
        return ratio <= 1.15;
    }
}
