using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using RxWormhole.Interop.Tests;

namespace RxWormhole.Cli.Tests;

/// <summary>A client that does no more than the test says.</summary>
internal sealed class RawMailbox : IDisposable
{
    internal ClientWebSocket Socket { get; } = new();

    internal static async Task<RawMailbox> ConnectAsync(Uri server, Action<ClientWebSocketOptions>? configure = null)
    {
        var client = new RawMailbox();
        configure?.Invoke(client.Socket.Options);
        await client.Socket.ConnectAsync(server, CancellationToken.None).WaitAsync(PeerProcess.Patience);
        return client;
    }

    /// <summary>Binds, and waits until the server has dealt with it.</summary>
    internal async Task BindAsync()
    {
        await SayAsync(new JsonObject { ["type"] = "bind", ["appid"] = "example.com/cli", ["side"] = "a", ["id"] = "bind" });
        while (await HearAsync() is { } answer)
        {
            if ((string?)answer["id"] == "bind")
                return;
        }
    }

    internal Task SayAsync(JsonObject command) =>
        Socket.SendAsync(Encoding.UTF8.GetBytes(command.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>The next message, or null where the server closes.</summary>
    internal async Task<JsonNode?> HearAsync()
    {
        var buffer = new byte[16 << 10];
        var length = 0;
        while (true)
        {
            var part = await Socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None).AsTask().WaitAsync(PeerProcess.Patience);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            length += part.Count;
            if (part.EndOfMessage)
                return JsonNode.Parse(buffer.AsSpan(0, length));
        }
    }

    public void Dispose() => Socket.Dispose();
}
