using System.Globalization;
using System.Reactive.Disposables;
using RxWormhole.Protocol;

namespace RxWormhole;

// What transfers of files ask of the session.
internal sealed partial class Session
{
    private const int TransitKeyLength = 32;

    private readonly List<byte[]> lastWords = [];

    /// <summary>Whether our versions tell the other side that we can do more than version 1.</summary>
    internal bool OffersMore => TransferFeatures.AreIn(options.AppVersions);

    /// <summary>The key of one connection: each has its own, because the records of each are numbered from 0.</summary>
    /// <param name="attempt">0 for the first connection, as every client has it; then 1 and so on, between two of ours.</param>
    /// <remarks>
    /// The Python client uses the id of the usual application even where it runs under another one, the Go and Rust clients the real one (transit, section 4.1); so do we.
    /// </remarks>
    internal IObservable<byte[]> DeriveTransitKey(int attempt)
    {
        var purpose = TransitKeys.Purpose(record.AppId);
        return DeriveKey(Utf8Text.Normalized(attempt == 0 ? purpose : string.Create(CultureInfo.InvariantCulture, $"{purpose}/{attempt}")), TransitKeyLength);
    }

    /// <summary>A message that is sent if the application closes the session before the result is disposed of: the other side is not left waiting.</summary>
    internal IDisposable LastWord(byte[] message)
    {
        Step(() => lastWords.Add(message));
        return Disposable.Create(() => Step(() => lastWords.Remove(message)));
    }

    private void SayLastWords()
    {
        foreach (var message in lastWords.Where(message => !IsOver && BoundCrossedBy(message) is null))
            record = record.Accept(message);
        lastWords.Clear();
        SealWaiting();
    }
}
