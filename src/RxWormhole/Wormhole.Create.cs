using System.Reactive.Disposables;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole;

// How a wormhole comes into being.
public sealed partial class Wormhole
{
    private const int SideBytes = 5;

    /// <summary>Makes a wormhole that does nothing yet. No I/O.</summary>
    /// <param name="options">What it should be like.</param>
    /// <exception cref="ArgumentException">The options are not usable; the message names every problem.</exception>
    public static Wormhole Create(WormholeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var record = new SessionRecord
        {
            AppId = options.AppId,
            Server = options.Rendezvous,
            Side = Convert.ToHexStringLower(options.Entropy.Draw(SideBytes)),
            Scalar = Spake2.CreateScalar(options.Entropy.Draw(Spake2.EntropyLength)),
            Started = options.Scheduler.Now,
            Limit = options.Timeout == System.Threading.Timeout.InfiniteTimeSpan ? null : options.Timeout,
        };
        return new Wormhole(options, new Session(options, record, isRestored: false));
    }

    /// <summary>Makes a wormhole that goes on where a checkpoint was taken, once <see cref="Resume"/> is subscribed to. No I/O.</summary>
    /// <param name="checkpoint">The latest checkpoint of the session. An older one is noticed before anything is sent, and refused, as long as the mailbox shows it;
    /// one from before the server told the mailbox has nothing to be noticed by.</param>
    /// <param name="options">As for the first time; server, start and time limit are those of the checkpoint.</param>
    /// <exception cref="ArgumentException">The options are not usable, are for another application, or the session has ended.</exception>
    public static Wormhole Restore(Checkpoint checkpoint, WormholeOptions options)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (checkpoint.IsEnded)
            throw new ArgumentException("The session of this checkpoint has ended; begin a new one.", nameof(checkpoint));
        var record = options.Rules.Restore(checkpoint);
        if (record.AppId != options.AppId)
            throw new ArgumentException("The checkpoint is of another application than the options.", nameof(checkpoint));
        return new Wormhole(options, new Session(options, record, isRestored: true));
    }

    /// <summary>Runs a query over a wormhole of its own for each subscription, and closes it afterwards, whatever happens.</summary>
    /// <param name="options">What the wormholes should be like.</param>
    /// <param name="query">What to do with one.</param>
    /// <remarks>
    /// Cold, so that <c>Retry</c> works.
    /// value: those of the query, as they come. completion: after the query completed and the wormhole was closed, at most five seconds later; how closing
    /// went never spoils a result. error: that of the query, at once; the wormhole is closed behind it. dispose: the wormhole is closed behind it.
    /// </remarks>
    /// <exception cref="ArgumentException">The options are not usable; the message names every problem.</exception>
    public static IObservable<T> Use<T>(WormholeOptions options, Func<Wormhole, IObservable<T>> query)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(query);
        options.Validate();
        return Observable.Create<T>(observer =>
        {
            var wormhole = Create(options);
            var closing = Observable.Defer(() => wormhole.Close());
            Exception? failure = null;
            var subscription = Observable.Defer(() => query(wormhole)).Subscribe(
                observer.OnNext,
                error =>
                {
                    // An observer that gets an error is disposed of behind it, so the reason has to be known before.
                    failure = error;
                    try
                    {
                        observer.OnError(error);
                    }
                    finally
                    {
                        wormhole.CloseBecause(error);
                    }
                },
                () => closing.Subscribe(_ => { }, observer.OnCompleted));
            return new CompositeDisposable(subscription, Disposable.Create(() => wormhole.CloseBecause(failure)));
        });
    }

    /// <summary>Ends with what the application was doing: an error of its own makes the session errory, one of the session has its mood already.</summary>
    private void CloseBecause(Exception? error) => session.Close(error is null or WormholeException ? null : Mood.Errory);
}
