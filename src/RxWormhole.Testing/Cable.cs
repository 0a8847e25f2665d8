namespace RxWormhole.Testing;

/// <summary>The way of a client or a host into its network: while it is out, what arrives at either end waits.</summary>
internal sealed class Cable
{
    private readonly Lock gate = new();
    private readonly List<Wire> parked = [];
    private volatile bool isOut;

    internal bool IsOut => isOut;

    /// <returns>Whether it was in.</returns>
    internal bool TakeOut()
    {
        lock (gate)
        {
            if (isOut)
                return false;
            isOut = true;
            return true;
        }
    }

    /// <summary>What waits arrives, on every wire in order.</summary>
    /// <param name="late">How much later it arrives on wires whose sender has given them up.</param>
    /// <returns>Whether it was out.</returns>
    internal bool PutIn(TimeSpan late)
    {
        Wire[] waiting;
        lock (gate)
        {
            if (!isOut)
                return false;
            isOut = false;
            waiting = [.. parked];
            parked.Clear();
        }

        foreach (var wire in waiting)
            wire.Resume(wire.IsGivenUp ? late : TimeSpan.Zero);
        return true;
    }

    /// <summary>Has a wire wait on which something is due, unless it need not.</summary>
    internal bool TryPark(Wire wire)
    {
        if (!isOut)
            return false;
        lock (gate)
        {
            if (isOut)
                parked.Add(wire);
            return isOut;
        }
    }
}
