using System.Reactive;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>What a session is made of, each part where it can be taken out: the sound ones are here.</summary>
/// <remarks>
/// A simulation is worth what it notices. So it puts broken parts in the place of these, one at a time, and has to find each of them out (docs/simulation.md);
/// and for speed it puts a key exchange without curves in. Everything else uses <see cref="Sound"/>.
/// </remarks>
internal class SessionRules
{
    /// <summary>The parts as they have to be.</summary>
    internal static SessionRules Sound { get; } = new();

    /// <summary>Begins the key exchange.</summary>
    internal virtual IKeyAgreement Agree(ReadOnlySpan<byte> password, SecretBytes scalar) => new Spake2Agreement(password, scalar);

    /// <summary>What a message of the server means for the record.</summary>
    internal virtual RecordStep On(SessionRecord record, ServerMessage message) => record.On(message);

    /// <summary>What goes out on a link next.</summary>
    internal virtual ScriptStep Next(SessionRecord record, LinkState link, ClientVersion implementation, int lists) =>
        LinkScript.Next(record, link, implementation, lists);

    /// <summary>Lets each message of the peer pass once: a doubled one vanishes, whatever its content; the record has looked at a doubled pake before.</summary>
    internal virtual IObservable<PeerMessage> Once(IObservable<PeerMessage> messages) => messages.Distinct(message => (message.Side, message.Phase));

    /// <summary>Opens a message of the peer; null where it does not fit the key.</summary>
    internal virtual byte[]? Open(SharedKey key, PeerMessage message) =>
        key.TryOpen(message.Side, message.Phase, message.Body.Span, out var plaintext) ? plaintext : null;

    /// <summary>Seals a message of ours.</summary>
    internal virtual byte[] Seal(SharedKey key, string side, string phase, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext) =>
        key.Seal(side, phase, nonce, plaintext);

    /// <summary>Puts the application's messages in their order.</summary>
    internal virtual IObservable<WormholeMessage> InOrder(IObservable<WormholeMessage> messages, int mostHeld, Func<Exception> tooMany) =>
        messages.InOrder(message => message.Index, mostHeld, tooMany);

    /// <summary>Whether the application was given a message before the session was restored.</summary>
    internal virtual bool WasDelivered(SessionRecord record, WormholeMessage message) => message.Index < record.Delivered;

    /// <summary>Counts what was handed over.</summary>
    internal virtual IDeliveryLog<WormholeMessage> Count(int start, Action<int> risen) => new DeliveredCount(start, risen);

    /// <summary>Stores a checkpoint; what follows from it waits for the completion.</summary>
    internal virtual IObservable<Unit> Store(Func<Checkpoint, IObservable<Unit>> journal, Checkpoint checkpoint) => journal(checkpoint);

    /// <summary>What a session goes on with.</summary>
    internal virtual SessionRecord Restore(Checkpoint checkpoint) => checkpoint.ToRecord();

    /// <summary>The timer of the time limit.</summary>
    internal virtual IObservable<long> Limit(IObservable<long> timer) => timer;
}
