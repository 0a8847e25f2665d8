using Microsoft.AspNetCore.Http;

namespace RxWormhole.Server;

/// <summary>The relay's WebSockets.</summary>
internal sealed class RelaySocket(RelayHub hub)
{
    internal async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await MailboxEndpoint.RefuseAsync(context, StatusCodes.Status426UpgradeRequired, "This is a Magic Wormhole transit relay: use a WebSocket.").ConfigureAwait(false);
            return;
        }

        var address = context.Connection.RemoteIpAddress;
        if (hub.Options.LogAddresses)
            ServerLog.RelayConnected(hub.Logger, address?.ToString() ?? "this machine");
        var key = ClientAddress.Key(address, hub.Options.ExemptLoopback);
        if (!hub.Door.TryEnter(key, out var status, out var reason))
        {
            await MailboxEndpoint.RefuseAsync(context, status, reason!).ConfigureAwait(false);
            return;
        }

        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
            await hub.ServeAsync(new WebSocketEnd(socket)).ConfigureAwait(false);
        }
        finally
        {
            hub.Door.Leave(key);
        }
    }
}
