using System.Buffers;
using System.Text.Json;
using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>Where the other side can be reached, and what is made of it.</summary>
internal sealed class TransitMessageTarget : FuzzTarget
{
    internal static readonly string[] Keys =
    [
        "type", "direct-tcp-v1", "tor-tcp-v1", "relay-v1", "websocket", "websocket-v1", "hostname", "port", "priority", "hints", "name", "url", "ws://example.com/", "wss://[::1]:4000/v1", "127.0.0.1", "::1",
    ];

    internal override string Name => "transit-message";

    internal override IReadOnlyList<string> Words { get; } = ["abilities-v1", "hints-v1", .. Keys];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        try
        {
            var reader = new Utf8JsonReader(input);
            Check(JsonElement.ParseValue(ref reader));
        }
        catch (JsonException)
        {
            // For other targets.
        }
    }

    private static void Check(JsonElement json)
    {
        _ = HintJson.Read(json);
        _ = HintJson.TypeOf(json);
        var isRead = TransitMessage.TryRead(json, out var message, out var reason);
        Hold.That(isRead == (message is not null) && isRead == (reason is null), "either a message or a reason");
        if (message is null)
            return;

        Hold.That(message.Hints.Length <= TransitMessage.MaxHints, "hints are limited");
        var plan = TransitPlan.Of(new TransitOptions(), message);
        Hold.That(plan.Direct.Length <= TransitPlan.MostDirect && plan.Relays.Sum(group => group.Length) <= TransitPlan.MostRelays + 1, "what is tried is limited");
        Hold.That(message.Hints.OfType<DirectHint>().All(hint => Texts.AreTame(TransitPlan.Describe(hint))), "what is shown of a hint is tame");

        var written = Write(message);
        using var document = JsonDocument.Parse(written);
        Hold.That(TransitMessage.TryRead(document.RootElement, out var again, out _), "what was read is written so that it can be read");
        Hold.Same(message, again, "what was read and written is read again as the same");
    }

    private static ReadOnlyMemory<byte> Write(TransitMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output);
        message.Write(writer);
        writer.Flush();
        return output.WrittenMemory;
    }
}
