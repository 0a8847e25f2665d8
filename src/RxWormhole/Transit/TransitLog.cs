using Microsoft.Extensions.Logging;

namespace RxWormhole;

/// <summary>What transit tells the operator. Never a key; addresses only where they are our own or the chosen one.</summary>
/// <param name="sink">The application's logger.</param>
/// <param name="session">Tells one session from another.</param>
internal sealed partial class TransitLog(ILogger sink, string session)
{
    private readonly QuietLogger logger = new(sink);

    internal void CannotListen(Exception exception) => LogCannotListen(logger, session, exception.Message);

    internal void Dropped(string address, string reason) => LogDropped(logger, session, address, reason);

    internal void Connected(TransitRoute route) => LogConnected(logger, session, route);

    [LoggerMessage(20, LogLevel.Information, "Wormhole session {Session} cannot listen for the other side ({Reason}); it dials only.")]
    private static partial void LogCannotListen(ILogger logger, string session, string reason);

    [LoggerMessage(21, LogLevel.Debug, "Wormhole session {Session}: no transit by {Address}: {Reason}.")]
    private static partial void LogDropped(ILogger logger, string session, string address, string reason);

    [LoggerMessage(22, LogLevel.Information, "Wormhole session {Session} is connected for bulk data {Route}.")]
    private static partial void LogConnected(ILogger logger, string session, TransitRoute route);
}
