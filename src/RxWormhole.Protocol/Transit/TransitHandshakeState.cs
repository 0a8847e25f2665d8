namespace RxWormhole.Protocol;

/// <summary>How far the handshake on one transit connection is.</summary>
public enum TransitHandshakeState
{
    /// <summary>More has to arrive.</summary>
    Waiting,

    /// <summary>A sender has seen that the other end is the receiver, and has to decide whether this connection is used. A receiver never comes here.</summary>
    Undecided,

    /// <summary>The connection is used; what follows are records.</summary>
    Established,

    /// <summary>The connection is of no use, and is to be closed.</summary>
    Failed,
}
