using System.Reactive;
using System.Reactive.Linq;
using System.Security.Cryptography;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>The sender's side of the transfer of a file or folder.</summary>
/// <remarks>Source: file transfer, sections 5.3 and 5.4. Beyond version 1, two of ours go on where a connection was lost.</remarks>
internal sealed class SendTransfer : IDisposable
{
    private readonly Session session;
    private readonly TransitEnvironment env;
    private readonly TransferTalk talk;
    private Outgoing content;
    private Spool? spool;
    private int features;
    private long moved;
    private long movedBefore;
    private int fruitless;
    private TransitException? loss;

    private SendTransfer(Session session, TransitEnvironment env, Outgoing content)
    {
        this.session = session;
        this.env = env;
        this.content = content;
        talk = new TransferTalk(session, env.Edge);
    }

    /// <summary>Looks at what is to be sent, offers it and sends it.</summary>
    internal static IObservable<TransferProgress> Run(Session session, TransitEnvironment env, Func<Outgoing> content) =>
        env.Connector.Pumping.Run(_ => ValueTask.FromResult(content()))
            .Catch((Exception error) => Observable.Throw<Outgoing>(BadSource(error)))
            // Before anything is said: where this fails, nobody need be told.
            .SelectMany(outgoing => session.TakeTransit().Select(_ => outgoing))
            .SelectMany(outgoing => Observable.Using(
                () => new SendTransfer(session, env, outgoing),
                transfer => transfer.Transfer().Guard(transfer.talk, env, () => transfer.loss)));

    public void Dispose()
    {
        talk.Dispose();
        spool?.Dispose();
    }

    private static Exception BadSource(Exception error) => error is WormholeException ? error :
        new TransferException(TransferFault.BadSource, $"What is to be sent cannot be read: {Printable.Of(error.Message)}", error);

    private IObservable<TransferProgress> Transfer() => At(TransferStage.Waiting).Concat(
        from versions in session.Versions.Do(versions => features = session.FeaturesWith(versions))
        from measured in Measure()
        from progress in TransitSetup.With(env, setup =>
            from answer in Offer(setup)
            from progress in At(TransferStage.Connecting).Concat(Attempt(0, setup, answer.Theirs, answer.Part))
            select progress)
        select progress);

    // Most have to be told a length, and nobody knows whom we meet before the two sides are paired.
    private IObservable<Outgoing> Measure()
    {
        if (content.Length is not null || features >= TransferFeatures.OpenEnded)
            return Observable.Return(content);
        var filled = spool = new Spool(content.Spooling!);
        return env.Connector.Pumping
            .Run(async cancelled =>
            {
                var source = content.Open();
                await using var _ = source.ConfigureAwait(false);
                await filled.FillAsync(source, cancelled).ConfigureAwait(false);
                return content.From(filled);
            })
            .Catch((Exception error) => Observable.Throw<Outgoing>(BadSource(error)))
            .Do(measured => content = measured);
    }

    // A sender tells how it can be reached before it offers: the Python client needs that order.
    private IObservable<(TransitMessage Theirs, TransferPart? Part)> Offer(TransitSetup setup)
    {
        talk.Say(new TransferMessage.Transit(setup.Ours));
        talk.Say(new TransferMessage.Offer(content.ToOffer(features)));
        return talk.Incoming
            .Scan((Theirs: (TransitMessage?)null, Answer: (TransferMessage.Answer?)null), static (said, message) => message switch
            {
                TransferMessage.Transit transit when said.Theirs is null => (transit.Message, said.Answer),
                TransferMessage.Answer answer => (said.Theirs, answer),
                _ => said,
            })
            .Where(said => said.Answer is not null)
            .Take(1)
            .Select(said => said.Answer is { IsForText: false, Word: TransferMessage.Answer.Ok }
                // As the Python client: an answer without hints means that the other side will find us.
                ? (said.Theirs ?? new TransitMessage([], []), said.Answer.Part)
                : throw new TransferException(TransferFault.Rejected, "The other side did not accept the offer."));
    }

    private IObservable<TransferProgress> Attempt(int number, TransitSetup setup, TransitMessage theirs, TransferPart? part) =>
        session.DeriveTransitKey(number)
            .SelectMany(key => setup.Connect(TransitRole.Sender, key, theirs).Finally(() => CryptographicOperations.ZeroMemory(key)))
            .Owned(link =>
            {
                talk.IsConnected = true;
                session.LiftLimit();
                var load = new SendLoad(content);
                return Move(link, load, part).Finally(() => link.Quiet().Subscribe(_ => load.Dispose()));
            })
            .Unless(LossOf(number))
            .Catch((TransitException lost) => features < TransferFeatures.More || !lost.IsLossOf(number) ? Observable.Throw<TransferProgress>(lost)
                : content.CanReopen ? Again(number + 1, lost)
                : Observable.Throw<TransferProgress>(new TransitException(
                    lost.Fault, $"{lost.Message} What is sent is a stream, which cannot be read again, so that the transfer cannot go on.", lost)));

    private IObservable<TransferProgress> Move(TransitLink link, SendLoad load, TransferPart? part) =>
        from offset in env.Connector.Pumping.Run(cancelled => load.OpenBehindAsync(part, cancelled)).Catch((Exception error) => Observable.Throw<long>(BadSource(error)))
        from _ in part is null ? Observable.Return(Unit.Default) : link.SendOwnRecord(TransferRecord.WriteOffset(offset))
        from progress in link.Send(load.Source, new TransferSpan(offset, content.Length - offset), load.Hash)
            .Select(step => step with { Stage = TransferStage.Moving, Route = link.Route })
            .Do(step => moved = step.Bytes)
            .Concat(At(TransferStage.Finishing, link.Route))
            .Concat(Confirm(link, load))
        select progress;

    private IObservable<TransferProgress> Confirm(TransitLink link, SendLoad load) =>
        from record in link.ReceiveOwnRecord(TransferLimits.Confirmation).Merge(Nudge(link)).Take(1)
        select TransferRecord.IsAck(record.Span, load.Hash.GetCurrentHash(), out var reason)
            ? Progress(TransferStage.Done, link.Route)
            : throw new TransferException(TransferFault.Corrupted, $"The transfer was not confirmed: the other side got something, but {reason}.");

    // Of an empty file nobody sends a record, and Debian's Go client waits for one, for ever. Whoever has not confirmed after a while gets an empty one.
    private IObservable<ReadOnlyMemory<byte>> Nudge(TransitLink link) => content.Length != 0 || features >= TransferFeatures.More
        ? Observable.Empty<ReadOnlyMemory<byte>>()
        : from _ in Observable.Timer(TransferLimits.Nudge, env.Clock)
          from __ in link.SendOwnRecord(default)
          from none in Observable.Empty<ReadOnlyMemory<byte>>()
          select none;

    // The receiver may notice a loss before we do.
    private IObservable<TransferProgress> LossOf(int number) => AgainFrom(number + 1)
        .SelectMany(_ => Observable.Throw<TransferProgress>(new TransitException(TransitFault.Lost, "The other side lost the connection.")));

    private IObservable<TransferMessage.Again> AgainFrom(int number) =>
        talk.Incoming.OfType<TransferMessage.Again>().Where(again => again.Attempt == number).Take(1);

    // It is the receiver who says what it has, and we who know whether that is the beginning of what we send.
    private IObservable<TransferProgress> Again(int number, TransitException lost) =>
        IsFruitless(lost) ? Observable.Throw<TransferProgress>(lost) : At(TransferStage.Connecting).Concat(
            from again in AgainFrom(number).Timeout(TransferLimits.Reconnection, Observable.Throw<TransferMessage.Again>(lost), env.Clock)
            from progress in TransitSetup.With(env, setup =>
            {
                talk.Say(new TransferMessage.Again(number, setup.Ours, Part: null));
                return Attempt(number, setup, again.Message, again.Part);
            })
            select progress);

    private bool IsFruitless(TransitException lost)
    {
        loss = lost;
        fruitless = moved > movedBefore ? 0 : fruitless + 1;
        movedBefore = Math.Max(moved, movedBefore);
        return fruitless > TransferLimits.MostFruitless;
    }

    private IObservable<TransferProgress> At(TransferStage stage, TransitRoute? route = null) =>
        Observable.Defer(() => Observable.Return(Progress(stage, route)));

    private TransferProgress Progress(TransferStage stage, TransitRoute? route) =>
        stage < TransferStage.Finishing
            ? new() { Stage = stage, Bytes = moved, Total = content.Length, Route = route }
            : new() { Stage = stage, Bytes = content.Length ?? moved, Total = content.Length ?? moved, Route = route };
}
