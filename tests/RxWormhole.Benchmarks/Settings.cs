using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace RxWormhole.Benchmarks;

/// <summary>How the benchmarks run: in this process, with allocations counted.</summary>
/// <remarks>
/// A process per benchmark would need a project that BenchmarkDotNet writes and builds; that one does not know where this repository finds Microsoft's
/// <c>TestScheduler</c> and inherits its package versions and warnings, and it would put a build between two figures whose ratio matters.
/// </remarks>
internal sealed class Settings : ManualConfig
{
    public Settings()
    {
        // A fixed number of iterations: on a shared machine BenchmarkDotNet would go on for long in search of a precision that is not to be had.
        AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(10)
            .WithIterationCount(15)
            .WithIterationTime(TimeInterval.FromMilliseconds(250)));
        AddDiagnoser(MemoryDiagnoser.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddLogger(ConsoleLogger.Default);
        AddExporter(MarkdownExporter.GitHub);
    }
}
