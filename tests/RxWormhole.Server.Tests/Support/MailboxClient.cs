using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RxWormhole.Server.Tests;

/// <summary>A client of the mailbox server that sends whatever it likes, and shows everything it is told.</summary>
/// <param name="from">The address it comes from, for those who believe a proxy.</param>
internal sealed class MailboxClient(string? from = null) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket socket = new();
    private int pings;

    /// <summary>The welcome, which comes first.</summary>
    internal JsonNode Welcome { get; private set; } = null!;

    internal HttpStatusCode Status => socket.HttpStatusCode;

    /// <summary>How the server closed, once <see cref="ReadAsync"/> found the end.</summary>
    internal (int? Code, string? Reason) Goodbye => ((int?)socket.CloseStatus, socket.CloseStatusDescription);

    internal async Task ConnectAsync(Uri server)
    {
        socket.Options.CollectHttpResponseDetails = true;
        if (from is not null)
            socket.Options.SetRequestHeader("X-Forwarded-For", from);
        await socket.ConnectAsync(server, CancellationToken.None).WaitAsync(Patience);
        if (server.AbsolutePath == "/v1")
            Welcome = (await ReadAsync())!["welcome"]!;
    }

    internal Task SendAsync(string json) => SendAsync(Encoding.UTF8.GetBytes(json));

    internal Task SendAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type = WebSocketMessageType.Text, bool isWhole = true) =>
        socket.SendAsync(bytes, type, isWhole, CancellationToken.None).AsTask().WaitAsync(Patience);

    /// <summary>Sends a command and gives what is answered to it, and what else has come, without acks.</summary>
    internal async Task<IReadOnlyList<JsonNode>> AskAsync(string json)
    {
        await SendAsync(json);
        return await HearAsync() ?? throw new AssertionException($"the server closed after {json}: {Goodbye}");
    }

    /// <summary>Sends a command that gets an error.</summary>
    internal async Task<string> ErrorAsync(string json)
    {
        var answers = await AskAsync(json);
        Assert.That(answers.Select(each => (string?)each["type"]), Is.EqualTo(new[] { "error" }), json);
        return (string)answers[0]["error"]!;
    }

    /// <summary>Gives what has come so far, or null where the server has closed.</summary>
    internal async Task<IReadOnlyList<JsonNode>?> HearAsync()
    {
        var mark = $"mark {++pings}";
        var answers = new List<JsonNode>();
        await SendAsync($$"""{"type":"ping","ping":"{{mark}}"}""");
        while (await ReadAsync() is { } message)
        {
            if ((string?)message["type"] == "pong" && message["pong"]?.GetValueKind() == JsonValueKind.String && (string)message["pong"]! == mark)
                return answers;
            if ((string?)message["type"] != "ack")
                answers.Add(message);
        }

        return null;
    }

    /// <summary>Reads a message, or null at the end.</summary>
    internal async Task<JsonNode?> ReadAsync()
    {
        var buffer = new byte[4096];
        for (var length = 0; ;)
        {
            if (length == buffer.Length)
                Array.Resize(ref buffer, 2 * length);
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None).AsTask().WaitAsync(Patience);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            length += part.Count;
            if (part.EndOfMessage)
                return JsonNode.Parse(buffer.AsSpan(0, length));
        }
    }

    /// <summary>Reads up to the end, answers it, and tells how the server closed.</summary>
    internal async Task<(int? Code, string? Reason)> ReadToEndAsync()
    {
        while (await ReadAsync() is not null)
        {
        }

        await CloseAsync();
        return Goodbye;
    }

    internal Task CloseAsync() => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(Patience);

    public void Dispose() => socket.Dispose();
}
