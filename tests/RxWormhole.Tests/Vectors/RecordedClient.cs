using System.Reactive.Linq;
using System.Text.Json.Nodes;
using Microsoft.Reactive.Testing;
using RxWormhole.Protocol;

namespace RxWormhole.Tests;

/// <summary>Plays a recorded client against a scripted server, step by step, and tells where ours does otherwise.</summary>
internal sealed class RecordedClient
{
    private static readonly JsonNode File = Vectors.Load("mailbox-client.json");

    private readonly TestScheduler clock = new();
    private readonly ScriptedServer server;
    private readonly Accommodations accommodations;
    private readonly Wormhole wormhole;
    private readonly Queue<byte[]> nonces = new(File["our_nonces"]!.AsArray().Select(nonce => nonce.Hex()));
    private readonly List<JsonObject> events = [];
    private readonly List<string> differences = [];
    private CodeInput? input;

    private RecordedClient(Accommodations accommodations)
    {
        this.accommodations = accommodations;
        server = new ScriptedServer(accommodations);
        wormhole = Wormhole.Create(new WormholeOptions
        {
            AppId = File["appid"].Text(),
            Connector = server,
            Scheduler = clock,
            AppVersions = AppVersions.Parse(File["our_version_plaintext"].Text()["{\"app_versions\": ".Length..^1]),
            Entropy = Draw,
        });
        Listen();
    }

    internal static IReadOnlyList<string> Play(JsonNode vector, Accommodations accommodations)
    {
        var client = new RecordedClient(accommodations);
        var expected = accommodations.HasFlag(Accommodations.MayStaySilentToAnUnwelcomingServer) ? Unwelcome(vector.DeepClone()) : vector;
        foreach (var step in expected["steps"]!.AsArray())
            client.Step(step!);
        client.CompareCommands(expected);
        client.wormhole.Dispose();
        return client.differences;
    }

    private void Listen()
    {
        LinkStatus? link = null;
        wormhole.Status.Subscribe(status =>
        {
            if (status.Link is LinkStatus.Up up && !ReferenceEquals(up, link))
                events.Add(new JsonObject { ["welcome"] = JsonNode.Parse(up.Welcome.Json) });
            link = status.Link;
            if (status.Stage == WormholeStage.Ended)
                events.Add(new JsonObject { ["closed"] = Outcome(status.Outcome!) });
        });
        Listen(wormhole.Code, "code", code => code);
        Listen(wormhole.UnprovenKey, "unverified_key", key => Convert.ToHexStringLower(key.Span));
        Listen(wormhole.Verifier, "verifier", verifier => verifier.Hex);
        Listen(wormhole.Versions, "versions", versions => JsonNode.Parse(versions.Json));
        Listen(wormhole.Messages, "message", message => Convert.ToHexStringLower(message.Bytes.Span));
    }

    private void Listen<T>(IObservable<T> stream, string name, Func<T, JsonNode?> value) =>
        stream.Subscribe(element => events.Add(new JsonObject { [name] = value(element) }), _ => { });

    private void Step(JsonNode step)
    {
        var failed = false;
        try
        {
            Do(step["do"].Text(), step["with"], () => failed = true);
        }
        catch (ArgumentException)
        {
            failed = true;
        }

        clock.AdvanceBy(TimeSpan.FromMilliseconds(10).Ticks);
        if (failed != (step["fails"] is not null))
            differences.Add($"{step.ToJsonString()}: {(failed ? "fails" : "does not fail")}");
        var expected = step["events"]!.AsArray();
        if (!JsonNode.DeepEquals(expected, new JsonArray([.. events])))
            differences.Add($"{step.ToJsonString()}: events {new JsonArray([.. events.Select(each => each.DeepClone())]).ToJsonString()}");
        events.Clear();
    }

    private void Do(string what, JsonNode? with, Action failed)
    {
        switch (what)
        {
            case "connected":
                Connect();
                break;
            case "lost":
                server.Lose();
                break;
            case "receive" when with!["echo_of_our_add_of_phase"] is { } phase:
                server.Echo(File["our_side"].Text(), phase.Text());
                break;
            case "receive":
                server.Say(with!);
                break;
            case "set_code":
                wormhole.SetCode(with.Text()).Subscribe(_ => { }, _ => failed());
                break;
            case "allocate_code":
                // The recording's words are in the wrong columns of the list, so they cannot be drawn.
                wormhole.Session.Step(() => wormhole.Session.Allocate(string.Join('-', File["code"].Text().Split('-')[1..])));
                break;
            case "input_code":
                input = wormhole.InputCode();
                break;
            case "choose_nameplate":
                input!.ChooseNameplate(with.Text()).Subscribe(_ => { }, _ => failed());
                break;
            case "choose_words":
                input!.ChooseWords(with.Text()).Subscribe(_ => { }, _ => failed());
                break;
            case "send_message":
                wormhole.Send(with.Hex()).Subscribe(_ => { }, _ => { });
                break;
            case "close":
                wormhole.Close().Subscribe();
                break;
            default:
                throw new InvalidDataException($"unknown step {what}");
        }
    }

    // The reference connects as soon as it is created; ours with the first verb. A lost link is made again after a while.
    private void Connect()
    {
        if (!server.IsDialled)
            wormhole.Session.Step(wormhole.Session.Begin);
        for (var tenth = 0; tenth < 1000 && !server.IsDialled; tenth++)
            clock.AdvanceBy(TimeSpan.FromMilliseconds(100).Ticks);
        if (!server.IsDialled)
            differences.Add("the client does not connect again");
    }

    private void CompareCommands(JsonNode vector)
    {
        var expected = ExpectedCommands(vector);
        if (expected.Count != server.Connections.Count)
        {
            differences.Add($"{server.Connections.Count} connections");
            return;
        }

        for (var i = 0; i < expected.Count; i++)
        {
            var actual = server.Connections[i].Where(command => !accommodations.HasFlag(Accommodations.MayPing) || (string?)command["type"] != "ping");
            var missing = Minus(expected[i], actual);
            var surplus = Minus(actual, expected[i]);
            if (accommodations.HasFlag(Accommodations.MayFlush) && IsFlush(surplus, expected[i]))
                surplus = [];
            if (accommodations.HasFlag(Accommodations.AnswersLateClose) && IsLateClose(surplus, expected[i]))
                surplus = [];
            if (missing.Length + surplus.Length > 0)
                differences.Add($"connection {i + 1} lacks [{string.Join(", ", missing)}] and has too much [{string.Join(", ", surplus)}]");
        }
    }

    private static List<List<string>> ExpectedCommands(JsonNode vector)
    {
        var connections = new List<List<string>>();
        foreach (var step in vector["steps"]!.AsArray())
        {
            if (step!["do"].Text() == "connected")
                connections.Add([]);
            var commands = step["sent"]!.AsArray().Select(command => Plain(command!.AsObject()));
            if (connections.Count > 0)
                connections[^1].AddRange(commands);
        }

        return connections;
    }

    // Nothing was said to a server that turns out not to be welcoming, so there is nothing to take back: the end comes at once.
    private static JsonNode Unwelcome(JsonNode vector)
    {
        var steps = vector["steps"]!.AsArray();
        var unwelcome = steps.FirstOrDefault(step => step!["do"].Text() == "receive" && step["with"]!["welcome"]?["error"] is not null);
        if (unwelcome is null)
            return vector;
        unwelcome["events"] = new JsonArray([.. steps.Skip(unwelcome.GetElementIndex()).SelectMany(step => step!["events"]!.AsArray()).Select(each => each!.DeepClone())]);
        foreach (var step in steps)
        {
            step!["sent"] = new JsonArray();
            if (step.GetElementIndex() > unwelcome.GetElementIndex())
                step["events"] = new JsonArray();
        }

        unwelcome["sent"] = new JsonArray(new JsonObject { ["(connection)"] = "closed by us" });
        return vector;
    }

    private static bool IsFlush(string[] surplus, List<string> expected) =>
        surplus.Length == 2
        && surplus.Any(command => command.Contains("\"open\"", StringComparison.Ordinal))
        && surplus.Any(command => command.Contains("\"version\"", StringComparison.Ordinal))
        && expected.Any(command => command.Contains("\"close\"", StringComparison.Ordinal));

    private static bool IsLateClose(string[] surplus, List<string> expected) =>
        surplus is [var only] && only.Contains("\"close\"", StringComparison.Ordinal)
        && expected.Any(command => command.Contains("\"claim\"", StringComparison.Ordinal))
        && !expected.Any(command => command.Contains("\"open\"", StringComparison.Ordinal));

    private static string[] Minus(IEnumerable<string> these, IEnumerable<JsonObject> those) => Minus(these, those.Select(Plain).ToList());

    private static string[] Minus(IEnumerable<JsonObject> these, List<string> those) => Minus(these.Select(Plain), those);

    private static string[] Minus(IEnumerable<string> these, List<string> those)
    {
        var left = those.ToList();
        return [.. these.Where(each => !left.Remove(each))];
    }

    // The random id and the client's version are left out of the recording; keys are sorted.
    private static string Plain(JsonObject command) => new JsonObject(command
        .Where(each => each.Key is not ("id" or "client_version"))
        .OrderBy(each => each.Key, StringComparer.Ordinal)
        .Select(each => KeyValuePair.Create(each.Key, each.Value?.DeepClone()))).ToJsonString();

    private static string Outcome(WormholeOutcome outcome) => outcome.Error switch
    {
        null => outcome.Mood == Mood.Happy ? "ends well" : "error: nobody came",
        WrongCodeException => "error: wrong password",
        ServerException { Mood: Mood.Unwelcome } error => $"error: unwelcome: {error.Message.Split(": ", 2)[1]}",
        ServerException { Fault: ServerFault.Crowded } => "error: server said: crowded",
        ServerException error => $"error: server said: {error.Message.Split(": ", 2)[1]}",
        var other => other.ToString(),
    };

    private void Draw(Span<byte> destination)
    {
        var bytes = destination.Length switch
        {
            5 => File["our_side"].Hex(),
            Spake2.EntropyLength => File["our_entropy"].Hex(),
            SharedKey.NonceLength => nonces.Dequeue(),
            var length => new byte[length],
        };
        bytes.CopyTo(destination);
    }
}
