using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace RxWormhole.Benchmarks.Load;

/// <summary>What Kestrel and its WebSockets cost without a mailbox server.</summary>
/// <remarks>Answers the commands of an exchange from a table, and knows nothing of who sent what.</remarks>
internal static class BareServer
{
    // As in RxWormhole.Server.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(60);

    internal static async Task<(WebApplication App, string Url)> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = KeepAlive, KeepAliveTimeout = 2 * KeepAlive });
        app.Run(ServeAsync);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return (app, new UriBuilder(address) { Scheme = "ws", Path = "/v1" }.Uri.AbsoluteUri);
    }

    private static async Task ServeAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        try
        {
            await SendAsync(socket, BareTable.Welcome);
            while (true)
            {
                // Waits without a buffer, as our server does: what is idle must not look dearer here than it has to be.
                if ((await socket.ReceiveAsync(Memory<byte>.Empty, context.RequestAborted)).MessageType == WebSocketMessageType.Close)
                    break;
                var buffer = ArrayPool<byte>.Shared.Rent(4 << 10);
                try
                {
                    var frame = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
                    foreach (var answer in BareTable.Answers(buffer.AsSpan(0, frame.Count)))
                        await SendAsync(socket, answer);
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                }
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException)
        {
            // The client is gone.
        }
    }

    private static ValueTask SendAsync(WebSocket socket, byte[] text) =>
        socket.SendAsync(text.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
}
