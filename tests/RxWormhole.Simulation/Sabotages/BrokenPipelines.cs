using System.Reactive.Disposables;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole.Simulation;

// Stages of the exchange, and timers, that do not do what they are for.

internal sealed class ArrivalOrder : StandInRules
{
    internal override IObservable<WormholeMessage> InOrder(IObservable<WormholeMessage> messages, int mostHeld, Func<Exception> tooMany) =>
        messages.Distinct(message => message.Index);
}

internal sealed class DropDedupe : StandInRules
{
    internal override IObservable<PeerMessage> Once(IObservable<PeerMessage> messages) => messages;

    internal override IObservable<WormholeMessage> InOrder(IObservable<WormholeMessage> messages, int mostHeld, Func<Exception> tooMany) => messages;
}

internal sealed class AcceptAnyKey : StandInRules
{
    internal override byte[]? Open(SharedKey key, PeerMessage message) => base.Open(key, message) ?? (message.Phase == Phase.Version ? "{}"u8.ToArray() : []);
}

internal sealed class SendInPlain : StandInRules
{
    internal override byte[] Seal(SharedKey key, string side, string phase, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext) =>
        Phase.IsNumeric(phase) ? [.. nonce, .. plaintext] : base.Seal(key, side, phase, nonce, plaintext);

    internal override byte[]? Open(SharedKey key, PeerMessage message) =>
        Phase.IsNumeric(message.Phase) ? message.Body[SharedKey.NonceLength..].ToArray() : base.Open(key, message);
}

internal sealed class IgnorePassword : StandInRules
{
    internal override IKeyAgreement Agree(ReadOnlySpan<byte> password, SecretBytes scalar) => base.Agree("password"u8, scalar);
}

internal sealed class NoDeadline : StandInRules
{
    internal override IObservable<long> Limit(IObservable<long> timer) => Observable.Never<long>();
}

internal sealed class LeaveTimer : StandInRules
{
    internal override IObservable<long> Limit(IObservable<long> timer) => Observable.Create<long>(observer =>
    {
        timer.Subscribe(observer.OnNext, observer.OnError, observer.OnCompleted);
        return Disposable.Empty;
    });
}
