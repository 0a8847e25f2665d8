using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>The connection that won, as long as nobody has made a link of it.</summary>
internal sealed class TransitWinner(ITransitConnection connection, TransitRoute route, ReadOnlyMemory<byte> leftOver, TransitKeys keys, TransitRole role) : IDisposable
{
    private readonly Lock gate = new();
    // The session holds the winner, and must not hold what refers to the wormhole.
    private WeakReference<TransitLink>? opened;
    private bool isClosed;
    private bool isKept;

    /// <summary>Makes the link; always the same one.</summary>
    /// <exception cref="TransitException">The connection was closed before.</exception>
    internal TransitLink Open(TransitEnvironment env)
    {
        lock (gate)
        {
            if (isClosed)
                throw new TransitException(TransitFault.Lost, "The session ended before anybody took the connection.");
            if (opened is not null)
                return opened.TryGetTarget(out var same) ? same : throw new TransitException(TransitFault.Lost, "The link was let go of before.");
            var link = new TransitLink(connection, route, leftOver, keys, role, env);
            opened = new WeakReference<TransitLink>(link);

            // It has copies of those it needs.
            keys.Dispose();
            return link;
        }
    }

    /// <summary>Somebody else than the race disposes of it from here on.</summary>
    internal void Keep()
    {
        lock (gate)
            isKept = true;
    }

    /// <summary>Closes the connection if nobody took it: whoever waited for it had left when it came.</summary>
    internal void DropUnlessTaken()
    {
        lock (gate)
        {
            if (isKept)
                return;
        }

        Dispose();
    }

    /// <summary>Closes the connection, unless it became a link.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isClosed || opened is not null)
                return;
            isClosed = true;
        }

        connection.Dispose();
        keys.Dispose();
    }
}
