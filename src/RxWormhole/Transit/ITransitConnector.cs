using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>Makes and takes connections for transit: the seam between the library and sockets.</summary>
public interface ITransitConnector
{
    /// <summary>How bulk data over these connections is worked on.</summary>
    PumpMode Pumping { get; }

    /// <summary>Describes listening on a free port of a range, on all interfaces. Nothing happens before it is subscribed to.</summary>
    /// <param name="ports">Which ports may be used.</param>
    /// <remarks>
    /// value: one, as soon as connections are accepted. completion: none. error: an <see cref="IOException"/>; no port of the range is free.
    /// dispose: no more connections are accepted, and those that nobody took are closed.
    /// </remarks>
    IObservable<TransitListener> Listen(TransitPorts ports);

    /// <summary>Describes one connection. Nothing happens before it is subscribed to.</summary>
    /// <param name="way">Where to: a <see cref="DirectHint"/>, or a <see cref="WebSocketHint"/>, whose binary messages are the bytes.</param>
    /// <remarks>
    /// value: the connection, which is the subscriber's from then on. completion: behind it. error: an <see cref="IOException"/>; it could not be made, or the way is of another kind.
    /// dispose: the attempt is given up; a connection that was handed over stays.
    /// </remarks>
    IObservable<ITransitConnection> Dial(TransitHint way);
}
