using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>A code as a link.</summary>
internal sealed class TransferUriTarget : FuzzTarget
{
    internal override string Name => "transfer-uri";

    internal override IReadOnlyList<string> Words { get; } = ["wormhole-transfer:", "?", "&", "version=0", "role=leader", "role=follower", "rendezvous=", "ws%3A%2F%2Fexample.com", "%2F", "%25", "%c3%a4", "%ff"];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var isRead = TransferUri.TryParse(Texts.Of(input), out var uri, out var reason);
        Hold.That(isRead == (uri is not null) && isRead == (reason is null), "either a link or a reason");
        if (uri is null)
            return;
        Hold.That(TransferUri.TryParse(uri.ToString(), out var again, out _), "what was read is written so that it can be read");
        Hold.Same(uri, again, "what was read and written is read again as the same");
    }
}
