using System.Globalization;
using Microsoft.Extensions.Logging;

namespace RxWormhole.Cli;

/// <summary>Writes the log of a session, which holds no secrets, in lines.</summary>
internal sealed class LineLogger(Action<string> write) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var error = exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})";
        write(SafeText.Line(string.Create(CultureInfo.InvariantCulture, $"[{Word(logLevel)}] {formatter(state, exception)}{error}"), 2000));
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        _ => "error",
    };
}
