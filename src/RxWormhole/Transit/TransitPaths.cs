namespace RxWormhole;

/// <summary>Which ways transit may take.</summary>
public enum TransitPaths
{
    /// <summary>Direct connections, and relays when those do not come at once.</summary>
    All,

    /// <summary>Direct connections only: no relay learns of the transfer.</summary>
    Direct,

    /// <summary>Relays only: the other side does not learn our addresses, and we do not dial its.</summary>
    Relay,
}
