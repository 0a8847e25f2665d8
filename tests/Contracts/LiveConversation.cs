using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RxWormhole.Contracts;

/// <summary>Plays a recorded conversation against a server that runs, over WebSockets, and tells where it answers otherwise.</summary>
internal sealed class LiveConversation : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Uri server;
    private readonly SortedDictionary<string, ClientWebSocket> connections = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly List<string> differences = [];
    private readonly JsonArray heard = [];
    private int pings;

    private LiveConversation(Uri server, string appId)
    {
        this.server = server;
        names["<appid>"] = appId;
    }

    /// <summary>Plays it, under an application id of its own.</summary>
    internal static async Task<IReadOnlyList<string>> PlayAsync(Uri server, JsonNode vector)
    {
        await using var conversation = new LiveConversation(server, $"example.com/{Guid.NewGuid():N}");
        foreach (var step in vector["steps"]!.AsArray())
            await conversation.StepAsync(step!);
        return conversation.differences;
    }

    /// <summary>Plays it, whatever is answered.</summary>
    /// <returns>For each step what each connection was told, or null where it was dropped; what servers choose is called by its name in the conversation.</returns>
    internal static async Task<JsonArray> RecordAsync(Uri server, JsonNode vector)
    {
        await using var conversation = new LiveConversation(server, $"example.com/{Guid.NewGuid():N}");
        foreach (var step in vector["steps"]!.AsArray())
            await conversation.StepAsync(step!);
        return conversation.heard;
    }

    public ValueTask DisposeAsync()
    {
        foreach (var socket in connections.Values)
            socket.Dispose();
        return default;
    }

    private async Task StepAsync(JsonNode step)
    {
        var name = (string)step["connection"]!;
        var isDropped = step["drops_connection"] is not null;
        var told = new JsonObject();
        heard.Add(told);
        switch ((string?)step["do"])
        {
            case "connect":
                var socket = new ClientWebSocket();
                await socket.ConnectAsync(server, CancellationToken.None).WaitAsync(Patience);
                connections[name] = socket;
                break;
            case "disconnect":
                await connections[name].CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(Patience);
                connections.Remove(name);
                return;
            default:
                var (frame, type) = step["sends_frame"] is { } raw
                    ? (Convert.FromHexString((string)raw["payload_hex"]!), (string?)raw["opcode"] == "binary" ? WebSocketMessageType.Binary : WebSocketMessageType.Text)
                    : (Encoding.UTF8.GetBytes(Known(step["sends"]!).ToJsonString()), WebSocketMessageType.Text);
                await connections[name].SendAsync(frame, type, endOfMessage: true, CancellationToken.None);
                break;
        }

        // Whoever acted is heard first: once it was answered, what others are told is on its way.
        foreach (var other in connections.Keys.OrderBy(other => other != name).ToArray())
        {
            var answers = await HearAsync(other);
            if (answers is null)
            {
                told[other] = null;
                connections.Remove(other);
                if (!isDropped || other != name)
                    differences.Add($"{step.ToJsonString()}: the connection {other} was dropped");
                continue;
            }

            if (isDropped && other == name)
                differences.Add($"{step.ToJsonString()}: the connection lives");
            Compare(step, step["replies"]?[other]?.AsArray() ?? [], answers);
            told[other] = new JsonArray([.. answers.Select(answer => Named(WithoutPort(answer)))]);
        }
    }

    // Everything up to the answer to a ping; null where the connection ends instead.
    private async Task<List<JsonNode>?> HearAsync(string name)
    {
        var socket = connections[name];
        var answers = new List<JsonNode>();
        var ping = $"mark {++pings}";
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"type":"ping","ping":"{{ping}}","id":"{{ping}}"}"""), WebSocketMessageType.Text, true, CancellationToken.None);
            while (await ReadAsync(socket) is { } message)
            {
                if ((string?)message["type"] == "pong" && message["pong"] is JsonValue value && value.TryGetValue<string>(out var text) && text == ping)
                    return answers;
                if ((string?)message["type"] == "ack" && message["id"] is JsonValue id && id.TryGetValue<string>(out var of) && of == ping)
                    continue;
                answers.Add(message);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException)
        {
            // Dropped.
        }

        return null;
    }

    private static async Task<JsonNode?> ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[1 << 20];
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None).AsTask().WaitAsync(Patience);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            length += part.Count;
            if (!part.EndOfMessage)
                continue;
            var json = JsonNode.Parse(buffer.AsSpan(0, length))!.AsObject();
            json.Remove("server_tx");
            json.Remove("server_rx");
            return json;
        }
    }

    private void Compare(JsonNode step, JsonArray expected, List<JsonNode> given)
    {
        if (expected.Count != given.Count)
        {
            differences.Add($"{step.ToJsonString()}: {given.Count} answers: {string.Join(", ", given.Select(each => each.ToJsonString(Plain)))}");
            return;
        }

        foreach (var (wanted, answer) in expected.Zip(given))
        {
            Learn(wanted!, answer);
            var actual = WithoutPort(answer);
            if (!JsonNode.DeepEquals(Known(wanted!), actual))
                differences.Add($"{step.ToJsonString()}: {actual.ToJsonString(Plain)}");
        }
    }

    // A name in <> stands for a value the server chose: the first time it is learned, afterwards it has to be the same.
    private void Learn(JsonNode wanted, JsonNode actual)
    {
        foreach (var (key, value) in wanted.AsObject())
        {
            if (value is JsonValue text && text.TryGetValue<string>(out var name) && name.StartsWith('<'))
                names.TryAdd(name, (string?)actual[key] ?? "");
        }
    }

    private JsonNode Known(JsonNode node)
    {
        var text = node.ToJsonString(Plain);
        foreach (var (name, value) in names)
            text = text.Replace($"\"{name}\"", $"\"{value}\"", StringComparison.Ordinal);
        return JsonNode.Parse(text)!;
    }

    // The other way round. By the key, for a nameplate may look like much else.
    private JsonNode Named(JsonNode answer, string idOf = "")
    {
        foreach (var (key, value) in answer.AsObject().ToArray())
        {
            var kind = key == "id" ? idOf : key;
            if (value is JsonObject inner)
                Named(inner);
            else if (value is JsonArray items)
                items.OfType<JsonObject>().ToList().ForEach(item => Named(item, idOf: "nameplate"));
            else if (kind.Length > 0 && names.FirstOrDefault(name => name.Key.StartsWith($"<{kind}", StringComparison.Ordinal) && name.Value == value?.ToString()).Key is { } known)
                answer[key] = known;
        }

        return answer;
    }

    private static JsonNode WithoutPort(JsonNode answer)
    {
        var plain = answer.DeepClone();
        if (plain["welcome"]?["your-address"] is JsonObject address && address["port"] is JsonValue port && port.GetValue<int>() is > 0 and < 65536)
            address["port"] = "<port>";
        return plain;
    }
}
