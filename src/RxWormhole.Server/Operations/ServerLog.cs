using Microsoft.Extensions.Logging;

namespace RxWormhole.Server;

/// <summary>What the server logs. Nothing here has a parameter that a client chose, but for the two that operators have to ask for.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(1, LogLevel.Error, "The store failed.")]
    internal static partial void StoreFailed(ILogger logger, Exception reason);

    [LoggerMessage(2, LogLevel.Information, "The mailbox server stops: {Connections} connections are told to come back.")]
    internal static partial void Draining(ILogger logger, int connections);

    [LoggerMessage(3, LogLevel.Debug, "{Count} mailboxes were deleted because their time was over.")]
    internal static partial void Pruned(ILogger logger, int count);

    [LoggerMessage(4, LogLevel.Debug, "A connection from {Address}.")]
    internal static partial void Connected(ILogger logger, string address);

    [LoggerMessage(5, LogLevel.Error, "A connection ended with a fault of the server.")]
    internal static partial void ConnectionFaulted(ILogger logger, Exception reason);

    [LoggerMessage(6, LogLevel.Debug, "A relay connection from {Address}.")]
    internal static partial void RelayConnected(ILogger logger, string address);
}
