using BenchmarkDotNet.Attributes;

namespace RxWormhole.Benchmarks;

/// <summary>One side of a key exchange against the same calls in a plain loop.</summary>
public class Spake2Benchmarks
{
    private readonly Spake2Sides side = new();

    [Benchmark(Baseline = true)]
    public int PlainCalls() => side.ByPlainCalls();

    [Benchmark]
    public void StartAndFinish() => side.ByLibrary().Dispose();
}
