using BenchmarkDotNet.Attributes;

namespace RxWormhole.Benchmarks;

/// <summary>A patient session of seven virtual days.</summary>
public class PatientBenchmarks
{
    [Benchmark]
    public int ServerKeepsMailboxesForADay() => PatientWeek.Run(PatientWeek.ForADay);

    [Benchmark]
    public int ServerKeepsMailboxesElevenMinutes() => PatientWeek.Run(PatientWeek.ElevenMinutes);
}
