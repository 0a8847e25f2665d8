using System.Diagnostics.Contracts;
using System.Reactive;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>A file or folder that is offered. Its sender waits: accept it or reject it, once.</summary>
/// <remarks>Where the wormhole is closed before, it is rejected.</remarks>
public abstract class IncomingContent : IncomingOffer
{
    private readonly Wormhole wormhole;
    private readonly PendingOffer pending;
    private readonly LandingOffer landing;
    private readonly ReceiveOptions options;

    private protected IncomingContent(Wormhole wormhole, PendingOffer pending, LandingOffer landing, ReceiveOptions options)
    {
        this.wormhole = wormhole;
        this.pending = pending;
        this.landing = landing;
        this.options = options;
    }

    /// <summary>The name that is offered, made safe: the name it gets, unless there is something of that name or another one is asked for.</summary>
    /// <value>Where the offered name cannot be used at all, that name, fit to be shown.</value>
    public string Name => OfferedName.TryMakeSafe(landing.Name, allowHidden: true, out var name, out _) ? name : Printable.Of(landing.Name);

    /// <summary>How many bytes will come.</summary>
    /// <value>Null where the sender does not know either, which is so only for a file: it sends a stream.</value>
    public long? Length => landing.Length;

    /// <summary>Fails as soon as nobody waits for an answer any more: the sender gave up, or the session is over. For whoever asks a person.</summary>
    /// <remarks>value: none. completion: none that means anything. error: <see cref="TransferException"/>, or the session's end.</remarks>
    public IObservable<Unit> Withdrawn => wormhole.Begun(_ => pending.Talk.Ends<Unit>());

    /// <summary>Agrees and receives.</summary>
    /// <param name="options">Where it goes; null for what <see cref="Wormhole.ReceiveOffer"/> was told.</param>
    /// <remarks>
    /// Begins when first subscribed to, and runs once. When its last subscriber leaves it is cancelled: the other side is told, and nothing is left behind but a part that can be
    /// gone on with. The wormhole lives on.
    /// value: how far it is, at most ten times a second; the last one has <see cref="TransferStage.Done"/> and <see cref="TransferProgress.Path"/>.
    /// completion: behind it; what was received has its name. error: <see cref="TransferException"/> or <see cref="TransitException"/>; the other side is told;
    /// <see cref="WormholeUsageException"/> where the offer was answered before.
    /// </remarks>
    /// <exception cref="ArgumentException">The options are not usable.</exception>
    [Pure]
    public IObservable<TransferProgress> Accept(ReceiveOptions? options = null)
    {
        var chosen = options ?? this.options;
        chosen.Validate();
        return Receive(nameof(Accept), chosen, into: null);
    }

    /// <summary>Says no.</summary>
    /// <param name="reason">What the other side is told, or null for the usual words.</param>
    /// <remarks>Begins when called. value: one, when the server has it. completion: along with it. error: the session's end, or <see cref="WormholeUsageException"/> where the offer was answered before.</remarks>
    public IObservable<Unit> Reject(string? reason = null) => wormhole.Begun(session =>
    {
        if (!pending.TryDecide())
            return Observable.Throw<Unit>(Answered());
        pending.Talk.Dispose();
        return session.Send(TransferCodec.Write(reason is null ? TransferGuardOperator.Refused : new TransferMessage.Error(reason))).Select(_ => Unit.Default);
    });

    /// <summary>Agrees and receives, into a stream as it comes.</summary>
    private protected IObservable<TransferProgress> ReceiveInto(string verb, Stream target) => Receive(verb, options, target);

    private IObservable<TransferProgress> Receive(string verb, ReceiveOptions chosen, Stream? into) => wormhole.Progress(verb, (session, env) => pending.TryDecide()
        ? ReceiveTransfer.Run(session, env, pending.Talk, landing, chosen, into).Finally(pending.Talk.Dispose)
        : Observable.Throw<TransferProgress>(Answered()));

    private static WormholeUsageException Answered() => new("This offer was answered before.");
}
