namespace RxWormhole;

/// <summary>The servers of the Magic Wormhole network that anybody may use.</summary>
public static class PublicServers
{
    /// <summary>The mailbox server that the Python, Go and Rust clients use unless told otherwise.</summary>
    /// <remarks>The Go and Rust clients write it <c>ws://relay.magic-wormhole.io:4000/v1</c>; it is the same server.</remarks>
    public static Uri Mailbox { get; } = new("wss://relay.magic-wormhole.io/v1");
}
