namespace RxWormhole.Server;

/// <summary>How many messages a connection may still send: a bucket of tokens that fills up with time.</summary>
internal struct MessageAllowance(int perSecond, int burst, DateTimeOffset now)
{
    private double left = burst;
    private DateTimeOffset at = now;

    internal bool TryTake(DateTimeOffset now)
    {
        if (now > at)
        {
            left = Math.Min(burst, left + (now - at).TotalSeconds * perSecond);
            at = now;
        }

        if (left < 1)
            return false;
        left--;
        return true;
    }
}
