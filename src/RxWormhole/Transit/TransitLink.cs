using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>A connection to the other side for bulk data.</summary>
public sealed class TransitLink : IDisposable
{
    private readonly ITransitConnection connection;
    private readonly TransitKeys keys;

    internal TransitLink(ITransitConnection connection, TransitRoute route, ReadOnlyMemory<byte> leftover, TransitKeys keys, TransitRole role, TransitEnvironment env)
    {
        this.connection = connection;
        this.keys = keys;
        Route = route;
        LeftOver = leftover;
        Role = role;
        Environment = env;
    }

    /// <summary>How the two sides are connected.</summary>
    public TransitRoute Route { get; }

    internal ReadOnlyMemory<byte> LeftOver { get; }

    internal TransitRole Role { get; }

    internal TransitEnvironment Environment { get; }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        connection.Dispose();
        keys.Dispose();
    }
}
