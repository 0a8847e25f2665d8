using BenchmarkDotNet.Attributes;

namespace RxWormhole.Benchmarks;

/// <summary>Complete two-party sessions in virtual time on one thread, against the key exchange alone for both sides.</summary>
public class SessionBenchmarks
{
    private readonly Spake2Sides side = new();

    [Benchmark(Baseline = true)]
    public void Spake2ForBothSides()
    {
        side.ByLibrary().Dispose();
        side.ByLibrary().Dispose();
    }

    [Benchmark]
    public void PushSession() => TwoSides.Run(LinkMode.Push);

    [Benchmark]
    public void PollSession() => TwoSides.Run(LinkMode.Poll);
}
