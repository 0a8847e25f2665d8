using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RxWormhole.Server.Tests;

/// <summary>Keeps everything that is logged, of every level.</summary>
/// <param name="least">The least level to keep.</param>
internal sealed class LogRecorder(LogLevel least = LogLevel.Trace) : ILoggerFactory
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> entries = new();

    internal IReadOnlyList<string> Entries => [.. entries.Select(each => each.Text)];

    internal IReadOnlyList<string> Errors => [.. entries.Where(each => each.Level >= LogLevel.Error).Select(each => each.Text)];

    public ILogger CreateLogger(string categoryName) => new Recorder(this, categoryName, least);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    private sealed class Recorder(LogRecorder owner, string category, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            // Structured logs keep the values, whether the text has them or not.
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(", ", pairs.Select(pair => $"{pair.Key}={pair.Value}")) : "";
            owner.entries.Enqueue((logLevel, $"{logLevel} {category}: {formatter(state, exception)} [{values}] {exception}"));
        }
    }
}
