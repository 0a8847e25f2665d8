namespace RxWormhole.Server;

/// <summary>What a transit relay is like. Every value can come from configuration, by its name.</summary>
public sealed class RelayServerOptions
{
    /// <summary>How long a connection may take to say what it wants.</summary>
    /// <value>1 minute unless told otherwise.</value>
    public TimeSpan HandshakeDeadline { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a connection waits for its other side.</summary>
    /// <value>1 hour unless told otherwise.</value>
    public TimeSpan WaitTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a pair may pass nothing on.</summary>
    /// <value>30 minutes unless told otherwise.</value>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How many bytes a pair may pass on in all, both ways, or null for any number.</summary>
    public long? BytesPerPair { get; set; }

    /// <summary>How many bytes a second a pair may pass on, each way, or null for as many as go.</summary>
    /// <value>At least 1,000.</value>
    public long? BytesPerSecond { get; set; }

    /// <summary>How many connections there may be. Another one is closed at once, or answered with status 503.</summary>
    /// <value>20,000 unless told otherwise.</value>
    public int Connections { get; set; } = 20_000;

    /// <summary>How many connections an address may have. Another one is closed at once, or answered with status 429. An IPv6 network of 64 bits counts as one address.</summary>
    /// <value>200 unless told otherwise.</value>
    public int ConnectionsPerAddress { get; set; } = 200;

    /// <summary>How many connections an address may begin in a minute. Another one is closed at once, or answered with status 429.</summary>
    /// <value>600 unless told otherwise.</value>
    public int ConnectionsPerMinute { get; set; } = 600;

    /// <summary>The proxies in front of the relay's WebSockets whose <c>X-Forwarded-For</c> is believed: addresses, or networks such as <c>10.0.0.0/8</c>.</summary>
    /// <value>None unless told otherwise.</value>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>Whether clients on this machine are exempt from what counts addresses.</summary>
    /// <value>True unless told otherwise.</value>
    public bool ExemptLoopback { get; set; } = true;

    /// <summary>Whether logs tell addresses. Never tokens.</summary>
    public bool LogAddresses { get; set; }

    /// <summary>How long pairs may go on when the server stops.</summary>
    /// <value>5 seconds unless told otherwise.</value>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(5);

    internal IEnumerable<string> Problems()
    {
        foreach (var (name, value) in new[]
                 {
                     (nameof(HandshakeDeadline), HandshakeDeadline), (nameof(WaitTimeout), WaitTimeout), (nameof(IdleTimeout), IdleTimeout),
                 })
        {
            if (value < TimeSpan.FromMilliseconds(100) || value > TimeSpan.FromDays(30))
                yield return $"{name} must be 100 ms to 30 days";
        }

        if (BytesPerPair is < 1)
            yield return "BytesPerPair must be at least 1, or missing for any number";
        if (BytesPerSecond is < 1000)
            yield return "BytesPerSecond must be at least 1,000, or missing for as many as go";
        if (Connections < 1)
            yield return "Connections must be at least 1";
        if (ConnectionsPerAddress < 1)
            yield return "ConnectionsPerAddress must be at least 1";
        if (ConnectionsPerMinute is < 1 or > 1_000_000_000)
            yield return "ConnectionsPerMinute must be 1 to 1000000000";
        foreach (var problem in Server.TrustedProxies.Problems(TrustedProxies))
            yield return problem;
        if (DrainTime < TimeSpan.Zero || DrainTime > TimeSpan.FromMinutes(10))
            yield return "DrainTime must be 0 to 10 minutes";
    }
}
