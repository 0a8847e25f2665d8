using System.Diagnostics.Contracts;
using System.Reactive;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole;

// Texts, files and folders.
public sealed partial class Wormhole
{
    /// <summary>Sends a text to whoever receives with file transfer: this library, or the Python and Go command lines.</summary>
    /// <param name="text">The text; with its JSON around it no longer than <see cref="WormholeBounds.MessageBytes"/>.</param>
    /// <remarks>
    /// Begins when first subscribed to. value: one, when the other side has it. completion: along with it.
    /// error: <see cref="TransferException"/>, the other side did not take it; or the session's end.
    /// </remarks>
    /// <exception cref="ArgumentException">The text is too long, or not valid Unicode.</exception>
    [Pure]
    public IObservable<Unit> SendText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Utf8Text.IsWellFormed(text))
            throw new ArgumentException("The text is not valid Unicode: it contains half a surrogate pair.", nameof(text));
        var offer = new TransferMessage.Offer(new TransferOffer.Text(text));
        if (TransferCodec.Write(offer).Length > bounds.MessageBytes)
            throw new ArgumentException($"A text has at most {bounds.MessageBytes} bytes as JSON; send a file instead.", nameof(text));
        return Verb(nameof(SendText), TextTransfer.Of(edge, offer));
    }

    /// <summary>Sends a file or a folder.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="options">What is sent of it; null for the usual.</param>
    /// <inheritdoc cref="SendFile(Outgoing)"/>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    [Pure]
    public IObservable<TransferProgress> SendFile(string path, SendOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Progress(nameof(SendFile), (session, env) => SendTransfer.Run(session, env, () => Outgoing.Of(path, options)));
    }

    /// <summary>Sends several files and folders with one code. Other clients receive them as one folder; this library lays them out as they are.</summary>
    /// <param name="paths">Their paths; no two may end in the same name.</param>
    /// <param name="options">What is sent of them; null for the usual.</param>
    /// <inheritdoc cref="SendFile(Outgoing)"/>
    /// <exception cref="ArgumentException">There are no paths, or one is empty.</exception>
    [Pure]
    public IObservable<TransferProgress> SendFiles(IEnumerable<string> paths, SendOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var copy = paths.ToArray();
        if (copy.Length == 0 || copy.Any(string.IsNullOrEmpty))
            throw new ArgumentException("There must be at least one path, and none may be empty.", nameof(paths));
        return Progress(nameof(SendFiles), (session, env) => SendTransfer.Run(session, env, () => Outgoing.Of(copy, options)));
    }

    /// <summary>Sends what was looked at before, so that what cannot be sent is known before anybody is told a code.</summary>
    /// <param name="content">What to send.</param>
    /// <remarks>
    /// Begins when first subscribed to, and runs once. When its last subscriber leaves it is cancelled: the other side is told, and the wormhole lives on.
    /// value: how far it is, at most ten times a second; the last one has <see cref="TransferStage.Done"/>.
    /// completion: behind it; the other side has all of it and confirmed its hash.
    /// error: <see cref="TransferException"/>, it cannot be sent or the other side did not take it; <see cref="TransitException"/>, the two sides could not be
    /// connected or the connection was lost; <see cref="WormholeUsageException"/>, this session has had its one transfer; or the session's end.
    /// While it lasts, the messages of the session are the transfer's: nothing else should be sent or received.
    /// </remarks>
    [Pure]
    public IObservable<TransferProgress> SendFile(Outgoing content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Progress(nameof(SendFile), (session, env) => SendTransfer.Run(session, env, () => content));
    }

    /// <summary>Waits for what the other side offers: a text, a file or a folder.</summary>
    /// <param name="options">Where it goes when it is accepted; null for the usual.</param>
    /// <remarks>
    /// Begins when first subscribed to. value: the offer. completion: along with it.
    /// error: <see cref="TransferException"/>, the other side gave up or offers nothing that is known; <see cref="WormholeUsageException"/>, another transfer is
    /// under way; or the session's end. Until the offer is answered and received, the messages of the session are the transfer's.
    /// </remarks>
    /// <exception cref="ArgumentException">The options are not usable.</exception>
    [Pure]
    public IObservable<IncomingOffer> ReceiveOffer(ReceiveOptions? options = null)
    {
        var chosen = options ?? new ReceiveOptions();
        chosen.Validate();
        return Verb(nameof(ReceiveOffer), PendingOffer.Await(edge)).Select<PendingOffer, IncomingOffer>(pending => pending.Offer switch
        {
            TransferOffer.Text text => new IncomingText(text.Message),
            TransferOffer.File file => new IncomingFile(this, pending, file, chosen),
            TransferOffer.OpenEnded stream => new IncomingFile(this, pending, stream, chosen),
            TransferOffer.Folder folder => new IncomingFolder(this, pending, folder, chosen),
            _ => throw new InvalidOperationException("An offer of this kind was refused before."),
        });
    }

    /// <summary>Makes a transfer of a description: it begins at the first subscription, runs once, and is cancelled when its last subscriber leaves.</summary>
    internal IObservable<TransferProgress> Progress(string name, Func<Session, TransitEnvironment, IObservable<TransferProgress>> run)
    {
        session.Log.Called(name);
        return Observable
            .Defer(() =>
            {
                session.Log.Subscribed(name);
                return run(session, Transit);
            })
            .WhileWatched(static () => new TransferException(TransferFault.Interrupted, "The transfer was cancelled here."))
            .DeliverLatest(edge, this);
    }

    internal IObservable<T> Begun<T>(Func<Session, IObservable<T>> begin) => begin(session).Deliver(edge, this);
}
