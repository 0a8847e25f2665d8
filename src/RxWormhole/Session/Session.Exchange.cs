using System.Reactive.Linq;
using System.Reactive.Subjects;
using RxWormhole.Protocol;

namespace RxWormhole;

// The key exchange and the messages: what comes out of the pipelines goes into the record, what is in the record goes out.
internal sealed partial class Session
{
    private readonly AsyncSubject<SharedKey> unproven = new();
    private readonly AsyncSubject<SharedKey> confirmed = new();
    private readonly SortedDictionary<int, AsyncSubject<int>> sends = [];
    private SharedKey? key;
    private long sentBytes;

    /// <summary>The key before anybody has proven to have it too: not for applications.</summary>
    internal IObservable<SharedKey> Unproven => unproven;

    private void Follow()
    {
        lifetime.Add(exchange.Pake.Subscribe(OnPake, OnExchangeFailed));
        lifetime.Add(exchange.Key.Subscribe(OnKey, OnExchangeFailed));
        lifetime.Add(exchange.Confirmed.Subscribe(_ => OnConfirmed(), OnExchangeFailed));
        lifetime.Add(exchange.Versions.Subscribe(OnVersions, OnExchangeFailed));
        lifetime.Add(exchange.Messages.Subscribe(OnMessage, OnExchangeFailed));
    }

    /// <summary>Accepts a message, which goes out when the key is confirmed; the result yields its number when the server has it.</summary>
    internal AsyncSubject<int> Send(ReadOnlyMemory<byte> message)
    {
        var sent = new AsyncSubject<int>();
        Step(() =>
        {
            if (IsOver)
            {
                sent.OnError(over!);
                return;
            }

            if (BoundCrossedBy(message) is { } bound)
            {
                sent.OnError(new WormholeUsageException($"This session has sent as much as it may: {nameof(WormholeBounds)}.{bound}. Use a new session for more."));
                return;
            }

            StartTime();
            sentBytes += message.Length;
            sends.Add(record.Messages.Count, sent);
            record = record.Accept(message);
            SealWaiting();
        });
        return sent;
    }

    /// <summary>Derives a key, once it is confirmed.</summary>
    internal IObservable<byte[]> DeriveKey(byte[] purpose, int length) => Ask(confirmed.Select(agreed => agreed.Derive(purpose, length)), () =>
    {
        StartTime();
        return over;
    });

    // Sealed or not, what counts is what the application said.
    private static long BytesSaid(SessionRecord record) =>
        record.Messages.Sum(own => (long)own.Bytes.Length - (own.IsSealed ? SharedKey.SealedOverhead : 0));

    private string? BoundCrossedBy(ReadOnlyMemory<byte> message) =>
        record.Messages.Count >= options.Bounds.SessionMessages ? nameof(WormholeBounds.SessionMessages) :
        sentBytes + message.Length > options.Bounds.SessionBytes ? nameof(WormholeBounds.SessionBytes) :
        null;

    private void OnPake(byte[] body)
    {
        if (record.Pake is null)
            record = record with { Pake = new OwnPhase(Phase.Pake, body, IsSealed: true) };
    }

    // Our version goes out before the peer has proven anything: each side finds out about a wrong code by the other's.
    private void OnKey(SharedKey agreed)
    {
        key = agreed;
        lifetime.Add(agreed);
        effects.Add(() =>
        {
            unproven.OnNext(agreed);
            unproven.OnCompleted();
        });
        if (record.Version is null)
        {
            var body = Seal(Phase.Version, VersionBody.Write(options.AppVersions));
            record = record with { Version = new OwnPhase(Phase.Version, body, IsSealed: true) };
        }

        if (record.IsConfirmed)
        {
            SealWaiting();
            Announce();
        }
    }

    private void OnConfirmed()
    {
        if (record.IsConfirmed)
            return;
        record = record with { IsConfirmed = true };
        SealWaiting();
        log.Paired();
        Announce();
    }

    private void Announce()
    {
        var (agreed, shown) = (key!, key!.Verifier());
        effects.Add(() =>
        {
            confirmed.OnNext(agreed);
            confirmed.OnCompleted();
            verifier.OnNext(shown);
            verifier.OnCompleted();
        });
    }

    // A restored session may be confirmed and not have its key yet: that comes once it is resumed.
    private void SealWaiting()
    {
        if (!record.IsConfirmed || key is null)
            return;
        record = record.Seal(own => Seal(own.Phase, own.Bytes.Span));
        Wake();
    }

    private byte[] Seal(string phase, ReadOnlySpan<byte> plaintext) =>
        options.Rules.Seal(key!, record.Side, phase, options.Entropy.Draw(SharedKey.NonceLength), plaintext);

    private void OnVersions(AppVersions theirs) => effects.Add(() =>
    {
        versions.OnNext(theirs);
        versions.OnCompleted();
    });

    private void OnMessage(WormholeMessage message)
    {
        if (!options.Rules.WasDelivered(record, message))
            effects.Add(() => Inbox.Add(message));
    }

    private void OnEchoed(string phase)
    {
        if (Phase.TryGetNumber(phase, out var number) && sends.TryGetValue(number, out var sent))
        {
            effects.Add(() =>
            {
                sends.Remove(number);
                sent.OnNext(number);
                sent.OnCompleted();
            });
        }
    }

    private void OnExchangeFailed(Exception exception)
    {
        if (exception is WormholeException known)
            Fail(known);
        else
            OnInternalFault(exception);
    }
}
