using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>Messages of file transfer: offers, answers, transit.</summary>
internal sealed class TransferMessageTarget : FuzzTarget
{
    internal override string Name => "transfer-message";

    internal override IReadOnlyList<string> Words { get; } =
    [
        "transit", "offer", "answer", "error", "message", "file", "filename", "filesize", "directory", "mode", "dirname", "zipsize", "numbytes", "numfiles", "zipfile/deflated", "file_ack",
        "message_ack", "ok", "rxwormhole", "stream", "part", "length", "sha256", "attempt", "name", "folder", "abilities-v1", "hints-v1", .. TransitMessageTarget.Keys,
    ];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var isRead = TransferCodec.TryRead(input, out var messages, out var reason);
        Hold.That(isRead == (reason is null) && (isRead || messages.IsEmpty), "either messages or a reason");
        foreach (var message in messages)
        {
            if (message is TransferMessage.Offer { Offered: TransferOffer.Unknown })
                continue;
            var written = TransferCodec.Write(message);
            Hold.That(TransferCodec.TryRead(written, out var again, out _) && again is [var same] && same.GetType() == message.GetType(), "what was read is written so that it can be read");
            Hold.Same(written, TransferCodec.Write(again[0]), "what was read and written is read again as the same");
            _ = message.ToString();
        }
    }
}
