using System.Text.Json;
using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>What a client sends to a mailbox server.</summary>
internal sealed class ClientCommandTarget : FuzzTarget
{
    internal static readonly string[] Keys =
    [
        "type", "submit-permissions", "bind", "list", "allocate", "claim", "release", "open", "add", "close", "ping", "method", "stamp", "appid", "side", "client_version", "nameplate", "keep",
        "mailbox", "since", "phase", "body", "mood", "id", "happy", "lonely", "hashcash", "none",
    ];

    internal override string Name => "client-command";

    internal override IReadOnlyList<string> Words => Keys;

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var command = MessageCodec.ReadCommand(input);
        Hold.That((command.Message is null) != (command.Fault is null), "either a message or a fault");
        CheckJson(command.Id, "the id is JSON");
        CheckJson(command.Original, "the original is JSON");
        if (command.Message is { } message)
        {
            var again = MessageCodec.ReadCommand(MessageCodec.Write(message));
            Hold.Same(message, again.Message, "what was read and written is read again as the same");
        }

        // A server acknowledges it, and quotes it where something is wrong; both must be readable.
        CheckAnswer(new ServerMessage.Ack(command.Id));
        CheckAnswer(new ServerMessage.Error(command.Fault ?? "", command.Original));
        if (command.Message is ClientMessage.Ping ping)
            CheckAnswer(new ServerMessage.Pong(ping.Value));
    }

    private static void CheckAnswer(ServerMessage answer) =>
        Hold.That(MessageCodec.TryRead(MessageCodec.Write(answer), out var read, out _) && read.GetType() == answer.GetType(), "the answer can be read");

    private static void CheckJson(string text, string property)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new PropertyException(property);
        }
    }
}
