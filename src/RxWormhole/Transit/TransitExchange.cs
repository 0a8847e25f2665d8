using System.Reactive.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>Transit that an application opens by itself: one message each way, then the race.</summary>
internal static class TransitExchange
{
    private const string Key = "transit";

    /// <summary>The work of a verb. Made here, because a lambda shares what it captures with its neighbours, and this one must not refer to the wormhole.</summary>
    internal static Func<Session, IObservable<TransitWinner>> Of(TransitEnvironment env, TransitRole role, byte[] purpose) =>
        session => Run(session, env, role, purpose);

    // The session's key, once confirmed, gives the transit key.
    private static IObservable<TransitWinner> Run(Session session, TransitEnvironment env, TransitRole role, byte[] purpose) => Observable.Using(
        () => new TransitSetup(env),
        setup =>
            from taken in session.TakeTransit()
            from ready in setup.Listen()
            from message in Exchange(session, env, setup.Ours)
            from theirs in Read(message)
            from key in session.DeriveKey(purpose, TransitKeys.Length)
            from winner in setup.Race(role, key, theirs)
                .Do(winner =>
                {
                    winner.Keep();
                    session.Own(winner);
                    session.LiftLimit();
                })
                .Finally(() => CryptographicOperations.ZeroMemory(key))
            select winner);

    // Sending fails where the session does, and is of no interest otherwise: that the other side answers is the confirmation.
    private static IObservable<WormholeMessage> Exchange(Session session, TransitEnvironment env, TransitMessage ours) => Observable.Defer(() =>
        session.Send(TransferCodec.Write(new TransferMessage.Transit(ours)))
            .SelectMany(_ => Observable.Empty<WormholeMessage>())
            .Merge(new ReceiveVerb(session.Inbox, env.Edge, session, () => session.Step(session.StartTime)))
            .Take(1));

    private static IObservable<TransitMessage> Read(WormholeMessage message)
    {
        try
        {
            using var document = JsonDocument.Parse(message.Bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty(Key, out var transit))
                return Bad($"it has no '{Key}'");
            return TransitMessage.TryRead(transit, out var theirs, out var reason) ? Observable.Return(theirs) : Bad(reason);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or text in it that is not UTF-8: the reader's way to say so.
            return Bad("it is not JSON");
        }
    }

    private static IObservable<TransitMessage> Bad(string reason) => Observable.Throw<TransitMessage>(new TransitException(
        TransitFault.BadMessage, $"What the other side sent is no transit message: {reason}. Does it open transit at the same place of the conversation?"));
}
