namespace RxWormhole;

/// <summary>How two sides are connected.</summary>
/// <param name="IsRelayed">Whether a relay passes the bytes on.</param>
/// <param name="IsInbound">Whether the other side dialled us. False for a relay, which both dial.</param>
/// <param name="Address">The other end of the connection: the other side, or the relay.</param>
public sealed record TransitRoute(bool IsRelayed, bool IsInbound, string Address)
{
    /// <summary>For people: <c>-> 192.0.2.1:4001</c>, <c>&lt;- 192.0.2.1:4001</c> or <c>via relay relay.example:4001</c>.</summary>
    public override string ToString() => IsRelayed ? $"via relay {Address}" : IsInbound ? $"<- {Address}" : $"-> {Address}";
}
