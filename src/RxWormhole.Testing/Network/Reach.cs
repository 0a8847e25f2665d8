namespace RxWormhole.Testing;

/// <summary>What becomes of an attempt to connect.</summary>
public enum Reach
{
    /// <summary>It gets through.</summary>
    Open,

    /// <summary>It is refused at once, as by a machine where nobody listens.</summary>
    Refused,

    /// <summary>Nothing comes back, as from a firewall or a router that knows nothing of it.</summary>
    Dropped,
}
