using System.Globalization;
using System.Reactive.Disposables;
using System.Reactive;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using RxWormhole.Protocol;

namespace RxWormhole;

// What transfers of files ask of the session.
internal sealed partial class Session
{
    private const int TransitKeyLength = 32;

    private readonly List<byte[]> lastWords = [];
    private readonly List<IObservable<Unit>> tidying = [];
    private int isTalking;

    /// <summary>What both sides say that they can do: one of <see cref="TransferFeatures"/>, or 0.</summary>
    /// <param name="theirs">The versions of the other side.</param>
    internal int FeaturesWith(AppVersions theirs) => Math.Min(TransferFeatures.In(options.AppVersions), TransferFeatures.In(theirs));

    /// <summary>Takes the right to the one transit of this session, in the record, before anything is said about it.</summary>
    /// <remarks>
    /// Records are numbered from 0 on each connection, so that a second connection with the same key would seal other bytes with the numbers of the first, and what was
    /// recorded of the first would be good in the second. value: one. error: there was a transit before, or the session is over.
    /// </remarks>
    internal IObservable<Unit> TakeTransit()
    {
        var taken = new AsyncSubject<Unit>();
        Step(() =>
        {
            if ((over ?? (record.HasTransit ? WasTaken() : null)) is { } refusal)
            {
                taken.OnError(refusal);
                return;
            }

            StartTime();
            record = record with { HasTransit = true };
            effects.Add(() =>
            {
                taken.OnNext(Unit.Default);
                taken.OnCompleted();
            });
        });
        return taken;
    }

    /// <summary>Takes the right to talk about transfers: what the other side says cannot be shared out between two.</summary>
    /// <exception cref="WormholeUsageException">Somebody has it.</exception>
    internal IDisposable Talk() => Interlocked.Exchange(ref isTalking, 1) == 0
        ? Disposable.Create(() => Volatile.Write(ref isTalking, 0))
        : throw new WormholeUsageException("A transfer is under way in this session, or an offer waits for its answer: one at a time.");

    /// <summary>Has closing wait for tidying up, for as long as it waits for anything.</summary>
    /// <param name="tidied">Yields one value when it is done.</param>
    internal void Tidy(IObservable<Unit> tidied)
    {
        lock (tidying)
            tidying.Add(tidied);
        tidied.Subscribe(_ =>
        {
            lock (tidying)
                tidying.Remove(tidied);
        });
    }

    /// <summary>Yields when everything is tidied up, or when that takes too long.</summary>
    internal IObservable<Unit> Tidied()
    {
        IObservable<Unit>[] waiting;
        lock (tidying)
            waiting = [.. tidying];
        return waiting.Length == 0
            ? Observable.Return(Unit.Default)
            : waiting.Merge().Take(waiting.Length).TakeLast(1).Merge(Observable.Timer(Grace, clock).Select(_ => Unit.Default)).Take(1);
    }

    /// <summary>The key of one connection: each has its own, because the records of each are numbered from 0.</summary>
    /// <param name="attempt">0 for the first connection, as every client has it; then 1 and so on, between two of ours.</param>
    /// <remarks>
    /// The Python client uses the id of the usual application even where it runs under another one, the Go and Rust clients the real one (transit, section 4.1); so do we,
    /// unless <see cref="TransitOptions.KeyPurpose"/> says otherwise.
    /// </remarks>
    internal IObservable<byte[]> DeriveTransitKey(int attempt)
    {
        var purpose = options.Transit.KeyPurposeFor(record.AppId);
        return DeriveKey(Utf8Text.Normalized(attempt == 0 ? purpose : string.Create(CultureInfo.InvariantCulture, $"{purpose}/{attempt}")), TransitKeyLength);
    }

    /// <summary>A message that is sent if the application closes the session before the result is disposed of: the other side is not left waiting.</summary>
    internal IDisposable LastWord(byte[] message)
    {
        Step(() => lastWords.Add(message));
        return Disposable.Create(() => Step(() => lastWords.Remove(message)));
    }

    private static WormholeUsageException WasTaken() => new(
        "A session carries one file transfer or one transit connection, and this one has had it. Send several files with one SendFiles, or take another code.");

    private void SayLastWords()
    {
        foreach (var message in lastWords.Where(message => !IsOver && BoundCrossedBy(message) is null))
            record = record.Accept(message);
        lastWords.Clear();
        SealWaiting();
    }
}
