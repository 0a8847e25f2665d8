using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace RxWormhole.Interop.Tests;

/// <summary>A side of a mailbox that adds messages as fast as it can, and keeps account of what it was told about them.</summary>
internal sealed class StormWriter(string mailbox, string side)
{
    // So many may be unanswered: enough that the server always has something to store.
    private const int Ahead = 32;

    private readonly List<List<StormMessage>> lives = [];
    private readonly List<StormMessage> heard = [];
    private readonly HashSet<string> acknowledged = [];
    private ClientWebSocket socket = new();

    internal string Side => side;

    /// <summary>All that this side ever sent, by the connection.</summary>
    internal IReadOnlyList<IReadOnlyList<StormMessage>> Lives => lives;

    /// <summary>The ids of what it sent and was given an <c>ack</c> or the message itself for.</summary>
    internal IReadOnlySet<string> Acknowledged => acknowledged;

    /// <summary>All that it has heard on its connection, in order: what was there and what came.</summary>
    internal IReadOnlyList<StormMessage> Heard => heard;

    /// <summary>Connects and opens the mailbox.</summary>
    /// <returns>All messages in it.</returns>
    internal async Task<IReadOnlyList<StormMessage>> OpenAsync(Uri server)
    {
        socket.Dispose();
        socket = new ClientWebSocket();
        heard.Clear();
        lives.Add([]);
        await socket.ConnectAsync(server, CancellationToken.None).WaitAsync(PeerProcess.Patience);
        await SayAsync(new JsonObject { ["type"] = "bind", ["appid"] = "example.com/storm", ["side"] = side });
        await SayAsync(new JsonObject { ["type"] = "open", ["mailbox"] = mailbox });
        await SayAsync(new JsonObject { ["type"] = "ping", ["ping"] = 1 });
        while ((string)(await HearAsync())["type"]! != "pong")
        {
        }

        return [.. heard];
    }

    /// <summary>Adds messages until the connection ends.</summary>
    /// <param name="progress">Told each time one of them was acknowledged.</param>
    internal async Task AddAsync(Action progress)
    {
        using var room = new SemaphoreSlim(Ahead);
        using var over = new CancellationTokenSource();
        var adding = AddAsync(room, over.Token);
        try
        {
            while (true)
            {
                var answer = await HearAsync();
                if ((string)answer["type"]! == "error")
                    throw new InvalidOperationException(answer.ToJsonString());
                if ((string)answer["type"]! != "message" || (string)answer["side"]! != side)
                    continue;
                room.Release();
                progress();
            }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException)
        {
            // Killed.
        }

        await over.CancelAsync();
        await adding;
    }

    private async Task AddAsync(SemaphoreSlim room, CancellationToken over)
    {
        try
        {
            while (true)
            {
                await room.WaitAsync(over);
                var message = new StormMessage(side, $"{lives.Count}.{lives[^1].Count}", RandomNumberGenerator.GetHexString(2 * RandomNumberGenerator.GetInt32(1, 2000), lowercase: true));
                lives[^1].Add(message);
                await SayAsync(new JsonObject { ["type"] = "add", ["phase"] = message.Phase, ["body"] = message.Body, ["id"] = message.Id });
            }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException)
        {
            // Killed.
        }
    }

    private Task SayAsync(JsonObject command) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(command.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private async Task<JsonObject> HearAsync()
    {
        var buffer = new byte[16 << 10];
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None).AsTask().WaitAsync(PeerProcess.Patience);
            if (part.MessageType == WebSocketMessageType.Close)
                throw new InvalidOperationException($"a killed server says no goodbye: {socket.CloseStatus} {socket.CloseStatusDescription}");
            length += part.Count;
            if (part.EndOfMessage)
                break;
        }

        var answer = JsonNode.Parse(buffer.AsSpan(0, length))!.AsObject();
        if ((string)answer["type"]! == "ack" && (string?)answer["id"] is { } id)
            acknowledged.Add(id);
        if ((string)answer["type"]! != "message")
            return answer;
        var message = new StormMessage((string)answer["side"]!, (string)answer["phase"]!, (string)answer["body"]!);
        Assert.That((string?)answer["id"], Is.EqualTo(message.Id));
        heard.Add(message);
        if (message.Side == side)
            acknowledged.Add(message.Id);
        return answer;
    }
}

/// <summary>A message of the storm.</summary>
internal sealed record StormMessage(string Side, string Phase, string Body)
{
    internal string Id => $"{Side}/{Phase}";
}
