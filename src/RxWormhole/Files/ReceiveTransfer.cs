using System.Reactive;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Security.Cryptography;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>The receiver's side of the transfer of a file or folder that was accepted.</summary>
/// <remarks>
/// Source: file transfer, sections 5.3 and 5.4. Unlike the Python client, which says so before its user agreed, we tell only those whose offer
/// was accepted how we can be reached; every sender waits for that.
/// </remarks>
internal sealed class ReceiveTransfer : IDisposable
{
    private readonly Session session;
    private readonly TransitEnvironment env;
    private readonly TransferTalk talk;
    private readonly LandingOffer offer;
    private readonly ReceiveOptions options;
    private readonly Stream? into;
    private Landing? landing;
    private IncrementalHash hash = Sha256();
    private IObservable<Unit> idle = Observable.Return(Unit.Default);
    private long moved;
    private long movedBefore;
    private int fruitless;
    private TransitException? loss;

    private ReceiveTransfer(Session session, TransitEnvironment env, TransferTalk talk, LandingOffer offer, ReceiveOptions options, Stream? into)
    {
        this.session = session;
        this.env = env;
        this.talk = talk;
        this.offer = offer;
        this.options = options;
        this.into = into;
    }

    private bool GoesOn => offer.CanResume && options.Resume && into is null;

    /// <summary>Decides where the offer goes, agrees to it and receives it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="env">How to connect.</param>
    /// <param name="talk">What the two sides say.</param>
    /// <param name="offer">What is offered.</param>
    /// <param name="options">Where it goes.</param>
    /// <param name="into">The stream that a file goes into instead; null for a file or folder.</param>
    internal static IObservable<TransferProgress> Run(
        Session session, TransitEnvironment env, TransferTalk talk, LandingOffer offer, ReceiveOptions options, Stream? into = null) =>
        Observable.Using(
            () => new ReceiveTransfer(session, env, talk, offer, options, into),
            transfer => transfer.Transfer().Guard(talk, env, () => transfer.loss));

    // Whatever still works with the landing is waited for, and whoever closes the session waits for that.
    public void Dispose()
    {
        var tidied = new AsyncSubject<Unit>();
        session.Tidy(tidied);
        idle.Subscribe(_ =>
        {
            landing?.Abandon(keepPart: GoesOn);
            hash.Dispose();
            tidied.OnNext(Unit.Default);
            tidied.OnCompleted();
        });
    }

    private static IncrementalHash Sha256() => IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private IObservable<TransferProgress> Transfer() =>
        from taken in session.TakeTransit()
        from part in Work(FindAsync)
        from theirs in talk.Incoming.OfType<TransferMessage.Transit>().Take(1)
        from progress in TransitSetup.With(env, setup =>
        {
            talk.Say(new TransferMessage.Transit(setup.Ours));
            talk.Say(new TransferMessage.Answer(IsForText: false, TransferMessage.Answer.Ok, part));
            return At(TransferStage.Connecting).Concat(Attempt(0, setup, theirs.Message, part));
        })
        select progress;

    private async ValueTask<TransferPart?> FindAsync(CancellationToken cancelled)
    {
        landing = into is null ? Landing.For(offer, options, env.Entropy) : StreamLanding.Into(into, offer, options);
        if (!GoesOn)
            return null;
        moved = await landing.FindAsync(hash, cancelled).ConfigureAwait(false);
        return Part();
    }

    private async ValueTask<TransferPart?> FindAgainAsync(CancellationToken cancelled)
    {
        hash.Dispose();
        hash = Sha256();
        moved = await landing!.FindAsync(hash, cancelled).ConfigureAwait(false);
        return Part();
    }

    private TransferPart? Part() => moved > 0 ? new TransferPart(moved, Convert.ToHexStringLower(hash.GetCurrentHash())) : null;

    private IObservable<TransferProgress> Attempt(int number, TransitSetup setup, TransitMessage theirs, TransferPart? part) =>
        session.DeriveTransitKey(number)
            .SelectMany(key => setup.Connect(TransitRole.Receiver, key, theirs).Finally(() => CryptographicOperations.ZeroMemory(key)))
            .Owned(link =>
            {
                talk.IsConnected = true;
                session.LiftLimit();
                return Move(link, part);
            })
            .Catch((TransitException lost) => GoesOn && lost.IsLossOf(number) ? Again(number + 1, lost) : Observable.Throw<TransferProgress>(lost));

    private IObservable<TransferProgress> Move(TransitLink link, TransferPart? part) =>
        from offset in Offset(link, part)
        from progress in Busy(link.Receive(landing!.Target, new TransferSpan(offset, offer.Length - offset), hash), link)
            .Select(step => step with { Stage = TransferStage.Moving, Route = link.Route })
            .Do(step => moved = step.Bytes)
            .Concat(At(TransferStage.Finishing, link.Route))
            .Concat(Observable.Defer(() => Commit(link)))
        select progress;

    private IObservable<long> Offset(TransitLink link, TransferPart? part) => part is null ? Observable.Return(0L) :
        from record in link.ReceiveOwnRecord(TransferLimits.Confirmation)
        from offset in !TransferRecord.TryReadOffset(record.Span, out var offset) || (offset != 0 && offset != part.Length)
            ? Observable.Throw<long>(new TransferException(TransferFault.BadMessage, "The other side goes on at a point that was not asked for."))
            : offset > 0 ? Observable.Return(offset) : Work(RewindAsync)
        select offset;

    private async ValueTask<long> RewindAsync(CancellationToken cancelled)
    {
        await landing!.RewindAsync().ConfigureAwait(false);
        hash.Dispose();
        hash = Sha256();
        return moved = 0;
    }

    // It is confirmed when it has its name, and not before. A confirmation that does not arrive takes nothing away from what is there.
    private IObservable<TransferProgress> Commit(TransitLink link) => link.HasMore
        ? Observable.Throw<TransferProgress>(new TransitException(TransitFault.TooMuch, $"The other side sent more than the {moved} bytes that it offered."))
        : from path in Work(landing!.CommitAsync)
        from _ in link.SendOwnRecord(TransferRecord.WriteAck(hash.GetCurrentHash())).Catch((TransitException _) => Observable.Return(Unit.Default))
        select Progress(TransferStage.Done, link.Route) with { Path = path };

    private IObservable<TransferProgress> Again(int number, TransitException lost) =>
        IsFruitless(lost) ? Observable.Throw<TransferProgress>(lost) : At(TransferStage.Connecting).Concat(
            from _ in idle
            from __ in Observable.Timer(TransferLimits.Pause(fruitless), env.Clock)
            // What was on its way to the disk when the connection was lost is there by now, and what counts is what is there.
            from part in Work(FindAgainAsync)
            from progress in TransitSetup.With(env, setup =>
            {
                talk.Say(new TransferMessage.Again(number, setup.Ours, part));
                return from theirs in talk.Incoming.OfType<TransferMessage.Again>().Where(again => again.Attempt == number).Take(1)
                           .Timeout(TransferLimits.Reconnection, Observable.Throw<TransferMessage.Again>(lost), env.Clock)
                       from progress in Attempt(number, setup, theirs.Message, part)
                       select progress;
            })
            select progress);

    private bool IsFruitless(TransitException lost)
    {
        loss = lost;
        fruitless = moved > movedBefore ? 0 : fruitless + 1;
        movedBefore = Math.Max(moved, movedBefore);
        return fruitless > TransferLimits.MostFruitless;
    }

    private IObservable<T> Work<T>(Func<CancellationToken, ValueTask<T>> work) => Observable.Defer(() =>
    {
        var done = new AsyncSubject<Unit>();
        idle = done;
        return env.Connector.Pumping.Run(async cancelled =>
        {
            try
            {
                return await work(cancelled).ConfigureAwait(false);
            }
            finally
            {
                done.OnNext(Unit.Default);
                done.OnCompleted();
            }
        });
    });

    private IObservable<TransferProgress> Busy(IObservable<TransferProgress> receiving, TransitLink link) => Observable.Defer(() =>
    {
        idle = link.Quiet();
        return receiving;
    });

    private IObservable<TransferProgress> At(TransferStage stage, TransitRoute? route = null) =>
        Observable.Defer(() => Observable.Return(Progress(stage, route)));

    private TransferProgress Progress(TransferStage stage, TransitRoute? route) =>
        stage < TransferStage.Finishing
            ? new() { Stage = stage, Bytes = moved, Total = offer.Length, Route = route }
            : new() { Stage = stage, Bytes = offer.Length ?? moved, Total = offer.Length ?? moved, Route = route };
}
