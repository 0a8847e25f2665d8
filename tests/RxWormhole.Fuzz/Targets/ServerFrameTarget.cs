using System.Text.Json;
using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>What a mailbox server sends.</summary>
internal sealed class ServerFrameTarget : FuzzTarget
{
    internal override string Name => "server-frame";

    internal override IReadOnlyList<string> Words { get; } =
    [
        "type", "welcome", "ack", "nameplates", "allocated", "claimed", "released", "message", "closed", "pong", "error", "nameplate", "mailbox", "side", "phase", "body", "id", "server_tx",
        "server_rx", "orig", "motd", "current_cli_version", "permission-required", "none", "hashcash", "bits", "resource", "mailbox-keep-seconds",
    ];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var isRead = MessageCodec.TryRead(input, out var message, out var reason);
        Hold.That(isRead == (message is not null) && isRead == (reason is null), "either a message or a reason");
        var hasHead = FrameHead.TryRead(input, out var head);
        if (message is null)
            return;

        // The HTTP link looks at the head only, and must not see another message than the session.
        Hold.That(hasHead && head.Type == TypeOf(message), "head and message agree on the type");
        if (message is ServerMessage.Message body)
            Hold.That(head.Side == body.Side && head.Phase == body.Phase, "head and message agree on side and phase");

        var written = MessageCodec.Write(message);
        using (JsonDocument.Parse(written))
        {
        }

        Hold.That(MessageCodec.TryRead(written, out var again, out _), "what was read is written so that it can be read");
        Hold.Same(written, MessageCodec.Write(again), "what was read and written is read again as the same");
    }

    private static string TypeOf(ServerMessage message) => message is ServerMessage.Unknown unknown ? unknown.Type : message.GetType().Name.ToLowerInvariant();
}
