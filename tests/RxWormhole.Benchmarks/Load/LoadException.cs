namespace RxWormhole.Benchmarks.Load;

/// <summary>Something that the user of the load tool should read, without a trace.</summary>
internal sealed class LoadException(string message) : Exception(message);
