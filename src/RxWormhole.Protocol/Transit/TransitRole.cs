namespace RxWormhole.Protocol;

/// <summary>Which side of a transit connection one is. Data flows both ways; the application knows who is what: in file transfer, who sends the file is the sender.</summary>
/// <remarks>Source: transit, section 4.1.</remarks>
public enum TransitRole
{
    /// <summary>The side that decides which connection is used; elsewhere called the leader.</summary>
    Sender,

    /// <summary>The side that waits for that decision; elsewhere called the follower.</summary>
    Receiver,
}
