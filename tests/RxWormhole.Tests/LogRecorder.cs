using Microsoft.Extensions.Logging;

namespace RxWormhole.Tests;

/// <summary>A logger that keeps what it is told.</summary>
internal sealed class LogRecorder : ILogger
{
    private readonly List<(LogLevel Level, string Text)> lines = [];

    internal IReadOnlyList<string> All
    {
        get
        {
            lock (lines)
                return [.. lines.Select(line => line.Text)];
        }
    }

    internal IEnumerable<string> Warnings => Of(LogLevel.Warning);

    internal IEnumerable<string> Errors => Of(LogLevel.Error);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines)
            lines.Add((logLevel, $"{formatter(state, exception)} {exception}"));
    }

    private IEnumerable<string> Of(LogLevel level)
    {
        lock (lines)
            return [.. lines.Where(line => line.Level == level).Select(line => line.Text)];
    }
}
