using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>The servers of the Magic Wormhole network that anybody may use.</summary>
public static class PublicServers
{
    /// <summary>The mailbox server that the Python, Go and Rust clients use unless told otherwise.</summary>
    /// <remarks>The Go and Rust clients write it <c>ws://relay.magic-wormhole.io:4000/v1</c>; it is the same server.</remarks>
    public static Uri Mailbox { get; } = new("wss://relay.magic-wormhole.io/v1");

    /// <summary>The transit relay that the Python, Go and Rust clients use unless told otherwise.</summary>
    public static RelayHint TransitRelay { get; } = new([new DirectHint("transit.magic-wormhole.io", 4001)]);

    /// <summary>The application id of file transfer: that of the Python, Go and Rust command lines.</summary>
    public const string FileTransfer = "lothar.com/wormhole/text-or-file-xfer";
}
