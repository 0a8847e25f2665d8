using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole;

internal static class WithinOperator
{
    /// <summary>Lets the peer's messages pass as long as they keep within the bounds of a session.</summary>
    /// <remarks>value: passed on. error: passed on, or the bound that was crossed, which ends the session errory. completion: passed on.</remarks>
    internal static IObservable<PeerMessage> Within(this IObservable<PeerMessage> source, WormholeBounds bounds)
    {
        return source
            .Scan((Count: 0, Bytes: 0L, Message: (PeerMessage?)null), (sum, message) =>
            {
                // What the server stores is longer than the message by its seal.
                var length = Math.Max(0, message.Body.Length - SharedKey.SealedOverhead);
                Check(length, bounds.MessageBytes, nameof(bounds.MessageBytes), "bytes in one message");
                var next = (Count: sum.Count + 1, Bytes: sum.Bytes + length, Message: message);
                Check(next.Count - Handshake, bounds.SessionMessages, nameof(bounds.SessionMessages), "messages");
                Check(next.Bytes, bounds.SessionBytes, nameof(bounds.SessionBytes), "bytes in all messages");
                return next;
            })
            .Select(sum => sum.Message!);
    }

    // pake and version are no messages of the application.
    private const int Handshake = 2;

    private static void Check(long value, long bound, string name, string of)
    {
        if (value > bound)
            throw new WormholeException($"The other side sent more than {bound} {of}, the bound set by {nameof(WormholeBounds)}.{name}.", Mood.Errory);
    }
}
