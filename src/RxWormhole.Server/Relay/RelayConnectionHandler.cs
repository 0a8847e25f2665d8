using System.Net;
using Microsoft.AspNetCore.Connections;

namespace RxWormhole.Server;

/// <summary>A transit relay as a connection handler for Kestrel: <c>listen.UseConnectionHandler&lt;RelayConnectionHandler&gt;()</c>.</summary>
/// <remarks>
/// It works on every endpoint, under TLS too. On one that is a <see cref="RelayEndPoint"/> it is fastest, and a client may close one direction and go on
/// with the other. It needs <c>services.AddWormholeRelay()</c>.
/// </remarks>
public sealed class RelayConnectionHandler : ConnectionHandler
{
    private readonly RelayHub hub;

    internal RelayConnectionHandler(RelayHub hub) => this.hub = hub;

    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        if (hub.Options.LogAddresses)
            ServerLog.RelayConnected(hub.Logger, address?.ToString() ?? "this machine");
        var key = ClientAddress.Key(address, hub.Options.ExemptLoopback);
        if (!hub.Door.TryEnter(key, out _, out _))
            return;
        RelayEnd end = connection.Transport is RelayTransport raw ? new SocketEnd(raw.Socket) : new PipeEnd(connection);
        try
        {
            await hub.ServeAsync(end).ConfigureAwait(false);
        }
        finally
        {
            hub.Door.Leave(key);
        }
    }
}
