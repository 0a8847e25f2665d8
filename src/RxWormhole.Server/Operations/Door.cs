using System.Threading.RateLimiting;

namespace RxWormhole.Server;

/// <summary>Lets connections in, as many and as often as there may be, until it is closed.</summary>
/// <param name="name">What is behind it, for those who are refused.</param>
/// <param name="ledger">Counts the connections of each address.</param>
/// <param name="most">How many connections there may be.</param>
/// <param name="perMinute">How many connections or requests an address may begin in a minute.</param>
/// <param name="rejected">Told of everybody who is refused.</param>
/// <remarks>
/// The limiter is ASP.NET Core's, but not its middleware, which holds a state machine of its own for as long as a WebSocket lives.
/// </remarks>
internal sealed class Door(string name, AddressLedger ledger, int most, int perMinute, Action rejected) : IDisposable
{
    private readonly PartitionedRateLimiter<string?> rate = PartitionedRateLimiter.Create<string?, string>(address => RequestRate.Of(address, perMinute));
    private volatile bool isClosed;
    private int connections;

    internal int Connections => Volatile.Read(ref connections);

    /// <summary>How many addresses there are accounts for.</summary>
    internal int Addresses => ledger.Count;

    /// <summary>Whether nobody is let in any more.</summary>
    internal bool IsClosed => isClosed;

    /// <summary>From now on nobody is let in.</summary>
    internal void Close() => isClosed = true;

    public void Dispose() => rate.Dispose();

    /// <summary>Takes a connection, or says with which HTTP status it is refused.</summary>
    /// <param name="address">Whose it is, or null for nobody's who is counted.</param>
    /// <param name="status">The status.</param>
    /// <param name="reason">Why, for the client.</param>
    internal bool TryEnter(string? address, out int status, out string? reason)
    {
        (status, reason) = (200, null);
        if (isClosed)
        {
            (status, reason) = (503, $"the {name} is about to restart; try again in some seconds");
        }
        else if (!IsInTime(address))
        {
            (status, reason) = (429, "there are too many requests from your address; try again later");
        }
        else if (Interlocked.Increment(ref connections) > most)
        {
            Interlocked.Decrement(ref connections);
            (status, reason) = (503, $"the {name} has too many connections; try again later");
        }
        else if (!ledger.TryConnect(address))
        {
            Interlocked.Decrement(ref connections);
            (status, reason) = (429, "there are too many connections from your address; try again later");
        }

        if (reason is null)
            return true;
        rejected();
        return false;
    }

    /// <summary>Gives back what <see cref="TryEnter"/> took.</summary>
    internal void Leave(string? address)
    {
        Interlocked.Decrement(ref connections);
        ledger.Disconnect(address);
    }

    private bool IsInTime(string? address)
    {
        using var lease = rate.AttemptAcquire(address);
        return lease.IsAcquired;
    }
}
