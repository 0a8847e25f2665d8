using System.Reactive.Linq;
using System.Reactive.Subjects;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>What the two sides of a transfer say to each other through the wormhole.</summary>
/// <remarks>It takes the session's messages one by one from its beginning to its end. It refers to the session and never to the wormhole.</remarks>
internal sealed class TransferTalk : IDisposable
{
    private readonly Session session;
    private readonly ReplaySubject<TransferMessage> incoming = new();
    private readonly IDisposable subscription;
    private readonly IDisposable right;

    internal TransferTalk(Session session, Edge edge)
    {
        this.session = session;
        right = session.Talk();
        subscription = Observable
            .Defer(() => new ReceiveVerb(session.Inbox, edge, this, () => session.Step(session.StartTime)))
            .Repeat()
            .SelectMany(Read)
            .Subscribe(incoming);
    }

    /// <summary>What the other side said, from the beginning.</summary>
    /// <remarks>error: the session is over, or the other side said what makes no sense.</remarks>
    internal IObservable<TransferMessage> Incoming => incoming;

    /// <summary>Whether the two sides are connected: what becomes of the session does not matter any more, unless we close it ourselves.</summary>
    /// <remarks>The Go client closes its end as soon as it is connected.</remarks>
    internal bool IsConnected { get; set; }

    internal void Say(TransferMessage message) => session.Send(TransferCodec.Write(message)).Subscribe(static _ => { }, static _ => { });

    /// <summary>Says something in case the session is closed before the result is disposed of.</summary>
    internal IDisposable LastWord(TransferMessage message) => session.LastWord(TransferCodec.Write(message));

    /// <summary>Fails as soon as the transfer cannot go on: the other side gave up, or the session is over.</summary>
    internal IObservable<T> Ends<T>() => incoming
        .OfType<TransferMessage.Error>()
        .SelectMany(error => Observable.Throw<T>(new TransferException(
            TransferFault.Rejected, $"The other side ended the transfer: {Printable.Of(error.Text)}")))
        .Catch((WormholeException exception) =>
            exception is TransferException or WormholeClosedException || !IsConnected ? Observable.Throw<T>(exception) : Observable.Never<T>());

    public void Dispose()
    {
        subscription.Dispose();
        right.Dispose();
    }

    private static IEnumerable<TransferMessage> Read(WormholeMessage message) =>
        TransferCodec.TryRead(message.Bytes.Span, out var messages, out var reason)
            ? messages
            : throw new TransferException(TransferFault.BadMessage, $"The other side sent {reason}; it does not transfer files.");
}
