using System.Net.WebSockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RxWormhole.Protocol;

namespace RxWormhole.Interop.Tests;

/// <summary>Kestrel on a free loopback port: the rules of the mailbox server under <c>/v1</c>, and whatever a test puts under another path.</summary>
internal sealed class KestrelMailbox : IDisposable
{
    private readonly MemoryMailboxServer rules = new(new WelcomeInfo(), KeepPolicy.Reference);
    private readonly SortedDictionary<int, WebSocket> links = [];
    private readonly WebApplication app;

    internal KestrelMailbox(string path = "/odd", Func<WebSocket, Task>? misbehave = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseWebSockets();
        app.Map("/v1", context => ServeAsync(context, LiveAsync));
        if (misbehave is not null)
            app.Map(path, context => ServeAsync(context, misbehave));
        ((Microsoft.Extensions.Hosting.IHost)app).StartAsync().GetAwaiter().GetResult();
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Address = new UriBuilder(bound) { Scheme = "ws", Path = "/v1" }.Uri;
    }

    internal Uri Address { get; }

    internal int Links
    {
        get
        {
            lock (links)
                return links.Count;
        }
    }

    internal Uri At(string path) => new(Address, path);

    /// <summary>Ends the server as a crash does: without a word to anybody.</summary>
    internal void Stop()
    {
        lock (links)
        {
            foreach (var link in links.Values)
                link.Abort();
        }

        app.StopAsync(new CancellationToken(canceled: true)).GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        Stop();
        ((IDisposable)app).Dispose();
    }

    private static async Task ServeAsync(HttpContext context, Func<WebSocket, Task> serve)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await serve(socket);
    }

    private async Task LiveAsync(WebSocket socket)
    {
        int connection;
        lock (links)
        {
            (connection, var welcome) = rules.Connect();
            links.Add(connection, socket);
            Send(welcome);
        }

        try
        {
            var buffer = new byte[4 << 20];
            var length = 0;
            while (await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None) is { MessageType: WebSocketMessageType.Text } received)
            {
                length += received.Count;
                if (!received.EndOfMessage)
                    continue;
                var frame = buffer[..length];
                length = 0;
                lock (links)
                {
                    Send(rules.Receive(
                        connection,
                        frame,
                        DateTimeOffset.UtcNow,
                        RandomNumberGenerator.GetBytes(MemoryMailboxServer.EntropyLength)).Deliveries);
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException)
        {
            // The client hung up.
        }
        finally
        {
            lock (links)
            {
                links.Remove(connection);
                rules.Disconnect(connection);
            }
        }
    }

    // In the order of the rules, one at a time; a client that does not read would hold everybody up, which no test here does.
    private void Send(IEnumerable<Delivery> deliveries)
    {
        foreach (var delivery in deliveries)
        {
            if (links.TryGetValue(delivery.Connection, out var to) && to.State == WebSocketState.Open)
                to.SendAsync(MessageCodec.Write(delivery.Message), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).Wait();
        }
    }
}
