using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>Transit over sockets: TCP on IPv4 and IPv6, and WebSockets to relays that are reached so.</summary>
public sealed class SocketTransitConnector : ITransitConnector
{
    private SocketTransitConnector()
    {
    }

    /// <summary>The one there is.</summary>
    public static SocketTransitConnector Default { get; } = new();

    /// <inheritdoc/>
    public PumpMode Pumping => PumpMode.Stages;

    /// <inheritdoc/>
    /// <remarks>One port for IPv4 and IPv6. What connects before anybody takes it waits with the system, as much of it as the system likes.</remarks>
    public IObservable<TransitListener> Listen(TransitPorts ports)
    {
        if (!ports.IsUsable)
            throw new ArgumentOutOfRangeException(nameof(ports), ports, "Ports are between 1 and 65535, the first not above the last, or any.");
        return Observable.Create<TransitListener>(observer =>
        {
            SocketListener listener;
            try
            {
                listener = SocketListener.Open(ports);
            }
            catch (IOException exception)
            {
                observer.OnError(exception);
                return () => { };
            }

            observer.OnNext(new TransitListener(OwnAddresses.Hints(listener.Port, listener.IsDual), listener.Connections));
            return listener.Dispose;
        });
    }

    /// <inheritdoc/>
    /// <remarks>A name with several addresses is tried at one after the other, a quarter of a second apart, until one answers.</remarks>
    public IObservable<ITransitConnection> Dial(TransitHint way)
    {
        ArgumentNullException.ThrowIfNull(way);
        return way switch
        {
            DirectHint direct => HandOver(async givenUp => await SocketDial.ConnectAsync(direct, givenUp).ConfigureAwait(false)),
            WebSocketHint web => HandOver(async givenUp => await WebSocketConnection.ConnectAsync(web.Url, givenUp).ConfigureAwait(false)),
            _ => Observable.Throw<ITransitConnection>(new IOException($"{way.GetType().Name}: sockets cannot dial that.")),
        };
    }

    private static IObservable<ITransitConnection> HandOver(Func<CancellationToken, Task<ITransitConnection>> connect) =>
        Observable.Create<ITransitConnection>(async (observer, givenUp) =>
        {
            // Whoever subscribed must not wait for a name to be resolved.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            var connection = await connect(givenUp).ConfigureAwait(false);
            if (givenUp.IsCancellationRequested)
                connection.Dispose();
            else
                observer.OnNext(connection);
        });
}
