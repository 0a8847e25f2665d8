using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>
/// One end of a wormhole: two programs that share only a short code agree on a strong key through an untrusted server, and exchange messages.
/// </summary>
/// <remarks>
/// <para>Both sides use this class, and either may go first. Verbs (<see cref="AllocateCode"/>, <see cref="Send(ReadOnlyMemory{byte})"/>) do something and
/// yield one value; nouns (<see cref="Status"/>, <see cref="Messages"/>) tell what happens, and subscribing to one never starts anything.
/// Everything is delivered on <see cref="WormholeOptions.Scheduler"/>, where it may block or call back.</para>
/// <para>A session that fails ends every noun but <see cref="Status"/> and <see cref="Checkpoints"/>, and every waiting verb, with the same <see cref="WormholeException"/>.
/// Trouble that mends itself, such as a lost link, is only seen in <see cref="Status"/>.</para>
/// <para>Close or dispose of a wormhole, or let <see cref="Use{T}"/> do it.</para>
/// </remarks>
public sealed partial class Wormhole : IDisposable, IAsyncDisposable
{
    private readonly Session session;
    private readonly Edge edge;

    private Wormhole(WormholeOptions options, Session session)
    {
        this.session = session;
        bounds = options.Bounds;
        edge = new Edge(options.Scheduler, options.ObserverFaulted ?? session.Log.ObserverThrew);
        appId = options.AppId;
        transit = new TransitEnvironment(options.Transit, options.Scheduler, options.Entropy, edge, Owner: null, session.Log.OfTransit());
    }

    /// <summary>Reports a wormhole that was forgotten while its mailbox was open, and hangs up.</summary>
    ~Wormhole() => session.OnForgotten();

    /// <summary>What the session is doing, and in the end how it came out.</summary>
    /// <remarks>value: the present status at once, then each new one; the last one has an <see cref="WormholeStatus.Outcome"/>. completion: behind it. error: never.</remarks>
    public IObservable<WormholeStatus> Status => session.Status.Deliver(edge, this);

    /// <summary>What the server said about itself when the first link was made.</summary>
    /// <remarks>value: one, replayed. completion: behind it. error: the session's end, if it came first.</remarks>
    public IObservable<WelcomeInfo> Welcome => Noun(session.Welcome);

    /// <summary>The whole code, as soon as it is known. Show it to people; never log it.</summary>
    /// <remarks>value: one, replayed. completion: behind it. error: the session's end, if it came first.</remarks>
    public IObservable<string> Code => Noun(session.Code);

    /// <summary>What people on both ends may compare to be sure that nobody is in between; it comes only when both have the same key.</summary>
    /// <remarks>
    /// value: one, replayed. completion: behind it. error: the session's end, if it came first; a wrong code is an error, never another verifier.
    /// Waiting for it before <see cref="Send(ReadOnlyMemory{byte})"/> pauses the exchange for the humans; not waiting runs straight through.
    /// </remarks>
    public IObservable<Verifier> Verifier => Noun(session.Verifier);

    /// <summary>What the other side's application says about itself: its <see cref="WormholeOptions.AppVersions"/>.</summary>
    /// <remarks>value: one, replayed. completion: behind it. error: the session's end, if it came first.</remarks>
    public IObservable<AppVersions> Versions => Noun(session.Versions);

    /// <summary>All messages of the other side, in order, from the first one of this process on, whoever else receives them.</summary>
    /// <remarks>value: each message, replayed. completion: the session was closed. error: it failed.</remarks>
    public IObservable<WormholeMessage> Messages =>
        session.Inbox.All.ResetExceptionDispatchState().Deliver(edge, this, session.Inbox.Delivered);

    /// <summary>The session as it can be restored, whenever that changes: the same that <see cref="WormholeOptions.Journal"/> gets. A secret.</summary>
    /// <remarks>value: the latest at once, then each new one. completion: the session ended. error: never.</remarks>
    public IObservable<Checkpoint> Checkpoints => session.Checkpoints.Deliver(edge, this);

    internal Session Session => session;

    internal IObservable<SharedKey> UnprovenKey => Noun(session.Unproven);

    private IObservable<T> Noun<T>(IObservable<T> source) => source.ResetExceptionDispatchState().Deliver(edge, this);

    // The work lasts as long as the session, which must not keep the wormhole from being collected: nothing here may capture it.
    private IObservable<T> Verb<T>(string name, Func<Session, IObservable<T>> start)
    {
        var worker = session;
        worker.Log.Called(name);
        return OneShotOperator.OneShot(
            () =>
            {
                worker.Log.Subscribed(name);
                return start(worker);
            },
            worker.End<T>(),
            worker.Own).Deliver(edge, this);
    }
}
