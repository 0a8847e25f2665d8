using Microsoft.Extensions.Logging;

namespace RxWormhole.Tests.Diagnostics;

/// <summary>What the loggers of Microsoft.Extensions.Logging do when one of their providers throws.</summary>
internal sealed class ThrowingLogger : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        throw new InvalidOperationException("the logger is broken");
}
