using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace RxWormhole.Protocol.Tests.Server;

/// <summary>Plays a recorded conversation against our server and tells where it answers otherwise.</summary>
internal sealed class Conversation
{
    private readonly MemoryMailboxServer server = new(Welcome(), KeepPolicy.Reference);
    private readonly SortedDictionary<string, int> connections = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly List<string> differences = [];
    private int drawn;

    internal static IReadOnlyList<string> Play(JsonNode vector)
    {
        var conversation = new Conversation();
        foreach (var step in vector["steps"]!.AsArray())
            conversation.Step(step!);
        return conversation.differences;
    }

    private static WelcomeInfo Welcome() => new()
    {
        Motd = "line one\nline two",
        CurrentCliVersion = "1.2.3",
        Json = """{"motd": "line one\nline two", "current_cli_version": "1.2.3", "your-address": {"port": 1, "ipv4": "127.0.0.1"}}""",
    };

    private void Step(JsonNode step)
    {
        var name = (string)step["connection"]!;
        var answers = (string?)step["do"] switch
        {
            "connect" => Connect(name),
            "disconnect" => Disconnect(name),
            null => Send(name, step),
            var other => throw new InvalidDataException($"unknown step {other}"),
        };
        if (step["drops_connection"] is not null)
            differences.Add($"{step.ToJsonString()}: the connection lives");

        var expected = step["replies"]?.AsObject() ?? [];
        foreach (var (connection, messages) in expected)
        {
            var given = answers.Where(answer => answer.Connection == connections[connection]).Select(answer => answer.Message).ToArray();
            Compare(step, messages!.AsArray(), given);
        }

        var unexpected = answers.Where(answer => !expected.Any(each => connections[each.Key] == answer.Connection));
        differences.AddRange(unexpected.Select(answer => $"{step.ToJsonString()}: not expected: {answer.Message}"));
    }

    private IReadOnlyList<Delivery> Connect(string name)
    {
        var (connection, deliveries) = server.Connect();
        connections[name] = connection;
        return deliveries;
    }

    private IReadOnlyList<Delivery> Disconnect(string name)
    {
        server.Disconnect(connections[name]);
        return [];
    }

    private IReadOnlyList<Delivery> Send(string name, JsonNode step)
    {
        var frame = step["sends_frame"] is { } raw
            ? Convert.FromHexString((string)raw["payload_hex"]!)
            : Encoding.UTF8.GetBytes(Known(step["sends"]!).ToJsonString());
        var entropy = SHA256.HashData(BitConverter.GetBytes(drawn++))[..MemoryMailboxServer.EntropyLength];
        return server.Receive(connections[name], frame, DateTimeOffset.UnixEpoch.AddSeconds(drawn), entropy).Deliveries;
    }

    private void Compare(JsonNode step, JsonArray expected, ServerMessage[] given)
    {
        if (expected.Count != given.Length)
        {
            differences.Add($"{step.ToJsonString()}: {given.Length} answers: {string.Join(", ", given.Select(Json))}");
            return;
        }

        foreach (var (wanted, answer) in expected.Zip(given))
        {
            var actual = Json(answer);
            Learn(wanted!, actual);
            if (!JsonNode.DeepEquals(Known(wanted!), actual))
                differences.Add($"{step.ToJsonString()}: {actual.ToJsonString()}");
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
        var text = node.ToJsonString(Plain).Replace("\"<port>\"", "1", StringComparison.Ordinal);
        foreach (var (name, value) in names)
            text = text.Replace($"\"{name}\"", $"\"{value}\"", StringComparison.Ordinal);
        return JsonNode.Parse(text)!;
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static JsonNode Json(ServerMessage message)
    {
        var json = JsonNode.Parse(MessageCodec.Write(message))!.AsObject();
        json.Remove("server_tx");
        json.Remove("server_rx");
        return json;
    }
}
