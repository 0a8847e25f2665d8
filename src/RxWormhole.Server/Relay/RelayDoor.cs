using System.Threading.RateLimiting;

namespace RxWormhole.Server;

/// <summary>Lets connections into the relay, as many and as often as it takes them.</summary>
internal sealed class RelayDoor(RelayServerOptions options, ServerInstruments instruments) : IDisposable
{
    private readonly AddressLedger ledger = new(new MailboxLimits { ConnectionsPerAddress = options.ConnectionsPerAddress });
    private readonly PartitionedRateLimiter<string?> rate =
        PartitionedRateLimiter.Create<string?, string>(address => RequestRate.Of(address, options.ConnectionsPerMinute));

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
    internal bool TryReserve(string? address, out int status, out string? reason)
    {
        (status, reason) = (200, null);
        if (isClosed)
        {
            (status, reason) = (503, "the relay is about to restart; try again in some seconds");
        }
        else if (!IsInTime(address))
        {
            (status, reason) = (429, "there are too many new connections from your address; try again later");
        }
        else if (Interlocked.Increment(ref connections) > options.Connections)
        {
            Interlocked.Decrement(ref connections);
            (status, reason) = (503, "the relay has too many connections; try again later");
        }
        else if (!ledger.TryConnect(address))
        {
            Interlocked.Decrement(ref connections);
            (status, reason) = (429, "there are too many connections from your address; try again later");
        }

        if (reason is null)
            return true;
        instruments.Rejected("relay connections");
        return false;
    }

    /// <summary>Gives back what <see cref="TryReserve"/> took.</summary>
    internal void GiveBack(string? address)
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
