using System.Reactive.Concurrency;

namespace RxWormhole.Cli;

/// <summary>What is outside of a command: network, clock, files and standard streams. Tests have one of their own.</summary>
internal sealed record CliWorld
{
    /// <summary>Where all time comes from.</summary>
    internal IScheduler Scheduler { get; init; } = DefaultScheduler.Instance;

    /// <summary>What becomes of a session's options before it begins.</summary>
    internal Func<WormholeOptions, WormholeOptions> Adjust { get; init; } = static options => options;

    /// <summary>Where files are read.</summary>
    internal IFileSource Source { get; init; } = PhysicalFiles.Default;

    /// <summary>Where files are written.</summary>
    internal IFileSink Sink { get; init; } = PhysicalFiles.Default;

    /// <summary>Opens standard input; where that is a file, one can tell how long it is.</summary>
    internal Func<Stream> OpenInput { get; init; } = StandardInput.Open;

    /// <summary>Opens standard output.</summary>
    internal Func<Stream> OpenOutput { get; init; } = StandardOutput.Open;

    /// <summary>Takes a line of the session's log.</summary>
    internal Action<string> Log { get; init; } = Console.Error.WriteLine;
}
