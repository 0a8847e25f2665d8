using System.Diagnostics.Contracts;
using System.Reactive.Linq;
using System.Text;
using RxWormhole.Protocol;

namespace RxWormhole;

// What the two sides say to each other, and the keys they can make of theirs.
public sealed partial class Wormhole
{
    private readonly WormholeBounds bounds;

    /// <summary>Sends a message. Any number, any time, also before there is a code; they arrive in order, each exactly once.</summary>
    /// <param name="message">The message, copied; at most <see cref="WormholeBounds.MessageBytes"/>.</param>
    /// <remarks>
    /// Begins when called, because a message that was dropped would be lost, and so that messages keep their order.
    /// value: the number of the message, when the server has it; so not before the other side is there and has proven to have the code.
    /// error: the session's end, if the server did not confirm the message before; <see cref="WormholeUsageException"/> beyond a bound of the session.
    /// </remarks>
    /// <exception cref="ArgumentException">The message is longer than allowed.</exception>
    public IObservable<int> Send(ReadOnlyMemory<byte> message)
    {
        if (message.Length > bounds.MessageBytes)
            throw new ArgumentException($"A message may have {bounds.MessageBytes} bytes; send more of them, or a file.", nameof(message));
        return session.Send(message.ToArray()).ResetExceptionDispatchState().Deliver(edge, this);
    }

    /// <summary>Sends a text as a message: its UTF-8 bytes.</summary>
    /// <inheritdoc cref="Send(ReadOnlyMemory{byte})"/>
    public IObservable<int> Send(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Send(Encoding.UTF8.GetBytes(message));
    }

    /// <summary>Receives one message that no other <see cref="Receive"/> got: a place in a queue, taken at the first subscription.</summary>
    /// <remarks>
    /// value: the message, once it is there. completion: along with it. error: the session's end, where no message is left.
    /// Who leaves before the message gives the place back, so <c>Receive().Timeout(…)</c> loses nothing. Later subscribers get the same message.
    /// </remarks>
    [Pure]
    public IObservable<WormholeMessage> Receive()
    {
        session.Log.Called(nameof(Receive));
        return new ReceiveVerb(session.Inbox, edge, this, () =>
        {
            session.Log.Subscribed(nameof(Receive));
            session.Step(session.StartTime);
        });
    }

    /// <summary>Derives a key that both sides have and nobody else.</summary>
    /// <param name="purpose">What it is for; another purpose gives an unrelated key. Normalization form C, UTF-8.</param>
    /// <param name="length">How many bytes, 1 to 8,160.</param>
    /// <remarks>Begins when first subscribed to. value: the key, once both sides have proven to have the same. error: the session's end, if it came first.</remarks>
    [Pure]
    public IObservable<byte[]> DeriveKey(string purpose, int length) => DeriveKey(Utf8Text.Normalized(purpose).AsMemory(), length);

    /// <summary>Derives a key for a purpose given as bytes.</summary>
    /// <inheritdoc cref="DeriveKey(string, int)"/>
    [Pure]
    public IObservable<byte[]> DeriveKey(ReadOnlyMemory<byte> purpose, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, KeyDerivation.MaxLength);
        var copy = purpose.ToArray();
        return Verb(nameof(DeriveKey), session => session.DeriveKey(copy, length));
    }
}
