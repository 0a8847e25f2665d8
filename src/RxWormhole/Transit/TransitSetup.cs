using System.Reactive.Disposables;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>Our end of transit before there is a connection: where we listen, and what the other side is told about it.</summary>
/// <remarks>Disposing closes the listener and whatever was not handed out.</remarks>
internal sealed class TransitSetup : IDisposable
{
    private readonly TransitEnvironment env;
    private readonly SingleAssignmentDisposable listening = new();
    private TransitListener? listener;

    /// <summary>Prepares everything; nothing happens before <see cref="Listen"/>.</summary>
    internal TransitSetup(TransitEnvironment env) => this.env = env;

    /// <summary>What the other side is to be told, once we listen.</summary>
    internal TransitMessage Ours => new(
        [
            .. env.Options.Paths == TransitPaths.Relay ? [] : (string[])[TransitMessage.DirectTcp],
            .. env.Options.Paths == TransitPaths.Direct ? [] : (string[])[TransitMessage.Relay],
        ],
        [
            .. listener?.Hints ?? [],
            .. env.Options.Paths == TransitPaths.Direct ? [] : env.Options.Relays,
        ]);

    /// <summary>Goes on with a setup that listens, and disposes of it when what follows is over.</summary>
    internal static IObservable<T> With<T>(TransitEnvironment env, Func<TransitSetup, IObservable<T>> body) =>
        Observable.Using(() => new TransitSetup(env), setup => setup.Listen().SelectMany(body));

    /// <summary>Describes listening, unless we were told not to.</summary>
    /// <remarks>
    /// value: this, once connections are accepted. completion: behind it.
    /// error: a <see cref="TransitException"/>; we were told where to listen and cannot. Where any port would do, the operator is told, and that is all.
    /// </remarks>
    internal IObservable<TransitSetup> Listen()
    {
        if (!env.Options.Listen || env.Options.Paths == TransitPaths.Relay)
            return Observable.Return(this);
        return Observable.Create<TransitSetup>(observer =>
        {
            void Go()
            {
                observer.OnNext(this);
                observer.OnCompleted();
            }

            listening.Disposable = Observable.Defer(() => env.Connector.Listen(env.Options.Ports)).Subscribe(
                open =>
                {
                    listener ??= open;
                    Go();
                },
                exception =>
                {
                    if (listener is not null)
                        return;
                    env.Log.CannotListen(exception);
                    if (env.Options.Ports == TransitPorts.Any)
                        Go();
                    else
                        observer.OnError(CannotListen(exception));
                });

            // What listens is the setup's, and does not end with the subscription.
            return Disposable.Create(() =>
            {
                if (listener is null)
                    listening.Dispose();
            });
        });
    }

    /// <summary>Describes the connection that is made of both sides' messages. Subscribe once.</summary>
    /// <param name="role">Our role.</param>
    /// <param name="transitKey">The key both sides have.</param>
    /// <param name="theirs">What the other side told.</param>
    /// <remarks>value: the link, when everything else was closed. completion: behind it. error: a <see cref="TransitException"/>. dispose: everything is given up.</remarks>
    internal IObservable<TransitLink> Connect(TransitRole role, ReadOnlyMemory<byte> transitKey, TransitMessage theirs) =>
        Race(role, transitKey, theirs).Select(winner => winner.Open(env));

    /// <summary>As <see cref="Connect"/>, for who makes the link itself.</summary>
    internal IObservable<TransitWinner> Race(TransitRole role, ReadOnlyMemory<byte> transitKey, TransitMessage theirs) => Observable.Using(
        () => new TransitRace(env, role, new TransitKeys(transitKey.Span), TransitPlan.Of(env.Options, theirs), CanBeDialled(theirs) ? listener!.Connections : null),
        race => race.Run().Do(_ => listening.Dispose()));

    public void Dispose() => listening.Dispose();

    // Who says nothing about its abilities may have any.
    private bool CanBeDialled(TransitMessage theirs) =>
        listener is { Hints.IsDefaultOrEmpty: false } && (theirs.Abilities.IsEmpty || theirs.Abilities.Contains(TransitMessage.DirectTcp));

    private TransitException CannotListen(Exception exception)
    {
        var (first, last) = env.Options.Ports;
        var where = first == last ? $"port {first}" : $"any port from {first} to {last}";
        return new TransitException(TransitFault.CannotListen, $"Cannot listen on {where}: {Printable.Of(exception.Message)}", exception);
    }
}
