using System.Reactive.Linq;
using System.Reactive.Subjects;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>From a code and the peer's messages to a key, a verifier and what the peer says: pipelines that know no link, no clock and no outbox.</summary>
/// <remarks>
/// Source: key exchange, section 3.7. Any message that does not fit ends every stream here with <see cref="WrongCodeException"/>.
/// Streams of one value replay it; the others are hot and have to be subscribed to before the first message comes.
/// </remarks>
internal sealed class KeyExchange : IDisposable
{
    private readonly Subject<string> code = new();
    private readonly Subject<PeerMessage> inbound = new();
    private readonly SessionRules rules;
    private IKeyAgreement? begun;

    internal KeyExchange(string appId, SecretBytes scalar, WormholeBounds bounds, SessionRules rules)
    {
        this.rules = rules;
        var ours = code
            .Select(text => begun = rules.Agree(Utf8Text.Normalized(text), scalar))
            .Take(1).PublishLast().AutoConnect(0);

        var messages = rules.Once(inbound)
            .Within(bounds)
            .Publish().AutoConnect(0);

        // The first pake decides who the peer is, and what came before it waits.
        var theirs = messages
            .Where(message => message.Phase == Phase.Pake)
            .Take(1).PublishLast().AutoConnect(0);
        var peer = messages
            .Where(message => message.Phase != Phase.Pake)
            .SelectMany(message => theirs.Where(pake => pake.Side == message.Side).Select(_ => message));

        Pake = ours.Select(exchange => PakeBody.Write(exchange.Message.Span));
        Key = ours
            .Zip(theirs, (exchange, pake) => Finish(exchange, pake, Utf8Text.Normalized(appId)))
            .PublishLast().AutoConnect(0);
        Opened = peer
            .SelectMany(message => Key.Select(key => Open(key, message)))
            .Publish().AutoConnect(0);
        Confirmed = Opened.Take(1).SelectMany(_ => Key);
        Versions = Opened
            .Where(opened => opened.Phase == Phase.Version)
            .Select(opened => VersionBody.TryRead(opened.Plaintext, out var versions) ? versions : throw Malformed());
        var numbered = Opened
            .Where(opened => Phase.IsNumeric(opened.Phase))
            .Select(opened => Phase.TryGetNumber(opened.Phase, out var number)
                ? new WormholeMessage(number, opened.Plaintext)
                : throw NotANumber());
        Messages = rules.InOrder(numbered, bounds.HeldMessages, () => TooManyHeld(bounds));
    }

    /// <summary>The body of our <c>pake</c>, once the code is known.</summary>
    internal IObservable<byte[]> Pake { get; }

    /// <summary>The key, unproven: enough to send <c>version</c>, and no more.</summary>
    internal IObservable<SharedKey> Key { get; }

    /// <summary>The key again, once any message of the peer fits it.</summary>
    internal IObservable<SharedKey> Confirmed { get; }

    /// <summary>What the peer says about its application.</summary>
    internal IObservable<AppVersions> Versions { get; }

    /// <summary>The application's messages, in order. Phases that are neither numbers nor known are for later versions of the protocol, and passed over.</summary>
    internal IObservable<WormholeMessage> Messages { get; }

    private IObservable<Opened> Opened { get; }

    internal void OnCode(string text) => code.OnNext(text);

    internal void OnMessage(PeerMessage message) => inbound.OnNext(message);

    public void Dispose()
    {
        code.Dispose();
        inbound.Dispose();
        begun?.Dispose();
    }

    private static SharedKey Finish(IKeyAgreement exchange, PeerMessage pake, byte[] appId) =>
        PakeBody.TryRead(pake.Body, out var message) && exchange.Finish(message, appId) is { } key
            ? key
            : throw new WrongCodeException("its key exchange is malformed or not honest");

    private Opened Open(SharedKey key, PeerMessage message) =>
        rules.Open(key, message) is { } plaintext
            ? new Opened(message.Phase, plaintext)
            : throw new WrongCodeException("a message does not fit the key");

    private static WormholeException Malformed() =>
        new("The other side's version message is not a JSON object. It runs a program that is broken or newer than this one.", Mood.Errory);

    private static WormholeException NotANumber() =>
        new("The other side numbered a message in a way that nobody does: not a plain decimal below 2^31.", Mood.Errory);

    private static WormholeException TooManyHeld(WormholeBounds bounds) =>
        new($"More than {bounds.HeldMessages} messages of the other side wait for an earlier one, the bound set by "
            + $"{nameof(WormholeBounds)}.{nameof(WormholeBounds.HeldMessages)}.", Mood.Errory);
}
