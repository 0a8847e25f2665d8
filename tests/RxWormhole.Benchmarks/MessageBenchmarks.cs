using BenchmarkDotNet.Attributes;

namespace RxWormhole.Benchmarks;

/// <summary>Messages in a session that is paired: time and allocations for one of them, both sides and the server together.</summary>
public class MessageBenchmarks
{
    private const int Messages = 1000;

    private MessageRun? run;

    [Params(32, 4096)]
    public int Bytes { get; set; }

    // A session takes 10,000 messages, so each iteration has its own.
    [IterationSetup]
    public void Pair() => run = new MessageRun(Bytes);

    [IterationCleanup]
    public void Close() => run!.Dispose();

    [Benchmark(OperationsPerInvoke = Messages)]
    public void SendAndReceive() => run!.Send(Messages);
}
