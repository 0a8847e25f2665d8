using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole;

internal static class WithinOperator
{
    /// <summary>Lets the peer's messages pass as long as they keep within the bounds of a session.</summary>
    /// <remarks>value: passed on. error: passed on, or the bound that was crossed, which ends the session errory. completion: passed on.</remarks>
    internal static IObservable<PeerMessage> Within(this IObservable<PeerMessage> source, WormholeBounds bounds) => source
        .Scan(default(Sum), (sum, message) => sum.Add(message, bounds))
        .Select(sum => sum.Last!);

    private readonly record struct Sum(int Count, long Bytes, int Handshakes, PeerMessage? Last)
    {
        // Key exchange and version are no messages of the application: they have a bound of their own, and there is one of each from an honest peer.
        private const int HandshakeBytes = 64 << 10;
        private const int MostHandshakes = 10;

        internal Sum Add(PeerMessage message, WormholeBounds bounds)
        {
            if (message.Phase is Phase.Pake or Phase.Version)
            {
                Check(message.Body.Length, Math.Max(HandshakeBytes, bounds.MessageBytes), nameof(bounds.MessageBytes), "bytes in one message");
                Check(Handshakes + 1, MostHandshakes, nameof(bounds.SessionMessages), "beginnings of a key exchange");
                return this with { Handshakes = Handshakes + 1, Last = message };
            }

            // What the server stores is longer than the message by its seal.
            var length = Math.Max(0, message.Body.Length - SharedKey.SealedOverhead);
            Check(length, bounds.MessageBytes, nameof(bounds.MessageBytes), "bytes in one message");
            Check(Count + 1, bounds.SessionMessages, nameof(bounds.SessionMessages), "messages");
            Check(Bytes + length, bounds.SessionBytes, nameof(bounds.SessionBytes), "bytes in all messages");
            return this with { Count = Count + 1, Bytes = Bytes + length, Last = message };
        }

        private static void Check(long value, long bound, string name, string of)
        {
            if (value > bound)
                throw new WormholeException($"The other side sent more than {bound} {of}, the bound set by {nameof(WormholeBounds)}.{name}.", Mood.Errory);
        }
    }
}
