using System.Reactive.Concurrency;

namespace RxWormhole.Cli;

/// <summary>The file of <c>--dump-timing</c>: opened before anything else, so that it does not fail in the end, and what is in it is replaced when the command is over.</summary>
internal sealed class TimingLog : IDisposable
{
    private readonly FileStream file;
    private readonly IScheduler clock;

    private TimingLog(FileStream file, IScheduler clock)
    {
        this.file = file;
        this.clock = clock;
    }

    /// <exception cref="FailedException">The file cannot be written.</exception>
    internal static TimingLog? Of(ClientSettings settings, CliWorld world)
    {
        if (settings.DumpTiming is not { } path)
            return null;
        try
        {
            return new TimingLog(new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0), world.Scheduler);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FailedException(new Failure(ExitCode.LocalFile, exception.Message, "Choose another file with --dump-timing."), exception);
        }
    }

    /// <summary>Stands in front of whoever is told, and writes the file before the last thing is.</summary>
    internal TimingFrontEnd Watch(IFrontEnd inner) => new(inner, clock, file);

    public void Dispose() => file.Dispose();
}
