using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>Transit over sockets.</summary>
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
    public IObservable<TransitListener> Listen(TransitPorts ports) => throw new NotImplementedException();

    /// <inheritdoc/>
    public IObservable<ITransitConnection> Dial(TransitHint way) => throw new NotImplementedException();
}
