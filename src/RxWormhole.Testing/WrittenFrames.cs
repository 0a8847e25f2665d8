#pragma warning disable RS0030 // By identity, and never gone through.
using RxWormhole.Protocol;

namespace RxWormhole.Testing;

/// <summary>The frames of what lies in mailboxes, which is played back to everybody who comes: each is written once. Used by one at a time.</summary>
internal sealed class WrittenFrames
{
    // As many as a few mailboxes hold; those of mailboxes that are gone are forgotten in time.
    private const int Most = 1000;

    private readonly Dictionary<ServerMessage, byte[]> frames = new(ReferenceEqualityComparer.Instance);

    internal byte[] Of(ServerMessage message)
    {
        if (message is not ServerMessage.Message)
            return MessageCodec.Write(message);
        if (frames.TryGetValue(message, out var known))
            return known;
        if (frames.Count == Most)
            frames.Clear();
        return frames[message] = MessageCodec.Write(message);
    }
}
