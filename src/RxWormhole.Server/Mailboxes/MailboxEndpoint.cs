using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace RxWormhole.Server;

/// <summary>The one address of a mailbox server: WebSockets, and the same messages over HTTP.</summary>
internal sealed class MailboxEndpoint(MailboxHub hub)
{
    // In seconds. Clients add some of their own, so that they do not come back all at once.
    private const string RetryAfter = "1";

    // No state machine: a WebSocket would hold it for as long as it lives.
    internal Task ServeAsync(HttpContext context)
    {
        var isPost = HttpMethods.IsPost(context.Request.Method);
        if (!isPost && !context.WebSockets.IsWebSocketRequest)
            return RefuseAsync(context, StatusCodes.Status426UpgradeRequired, "This is a Magic Wormhole mailbox server: use a WebSocket, or POST.");
        var address = ClientAddress.Key(context.Connection.RemoteIpAddress, hub.Options.Limits.ExemptLoopback);
        if (!hub.Door.TryEnter(address, out var status, out var reason))
            return RefuseAsync(context, status, reason!);
        if (hub.Options.LogAddresses)
            ServerLog.Connected(hub.Logger, context.Connection.RemoteIpAddress?.ToString() ?? "this machine");
        hub.Instruments.Connected();
        var yourAddress = YourAddress(context.Connection);
        return isPost ? MailboxPost.ServeAsync(context, hub, address, yourAddress) : MailboxSocket.ServeAsync(context, hub, address, yourAddress);
    }

    /// <summary>Lets WebSockets send several frames at once. Comes before the middleware that makes them.</summary>
    internal static Task Cork(HttpContext context, RequestDelegate next)
    {
        var (upgrade, connect) = (context.Features.Get<IHttpUpgradeFeature>(), context.Features.Get<IHttpExtendedConnectFeature>());
        var corked = new CorkedUpgrade(upgrade, connect);
        // An application may use WebSockets of its own: what its middleware has prepared knows nothing of corks.
        context.Features.Set<IHttpWebSocketFeature>(null);
        if (upgrade is not null)
            context.Features.Set<IHttpUpgradeFeature>(corked);
        if (connect is not null)
            context.Features.Set<IHttpExtendedConnectFeature>(corked);
        return next(context);
    }

    internal static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = RetryAfter;
        else if (status is StatusCodes.Status426UpgradeRequired && HttpProtocol.IsHttp11(context.Request.Protocol))
            (context.Response.Headers.Upgrade, context.Response.Headers.Connection) = ("websocket", "Upgrade");
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(reason + "\n");
    }

    // The mailbox protocol, section 2.6: how the server sees the client.
    private static string? YourAddress(ConnectionInfo connection)
    {
        if (connection.RemoteIpAddress is not { } address)
            return null;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var kind = address.AddressFamily == AddressFamily.InterNetwork ? "ipv4" : "ipv6";
        return $$"""{"{{kind}}":"{{new IPAddress(address.GetAddressBytes())}}","port":{{connection.RemotePort}}}""";
    }
}
