namespace RxWormhole;

/// <summary>Makes links to a rendezvous server: the seam between the library and sockets. Above it nothing awaits.</summary>
public interface IRendezvousConnector
{
    /// <summary>Describes one link. Nothing happens before it is subscribed to; every subscription is a link of its own.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="outbound">The frames to send, in order. The connector subscribes to them once, as it is subscribed to: frames that come before the link
    /// is made wait for it. One that cannot be sent is lost with the link, which then has to fail.</param>
    /// <remarks>
    /// value: one frame from the server, one at a time, in order; the array is the receiver's.
    /// completion: the server hung up.
    /// error: the link could not be made or was lost; <see cref="LinkException"/> may say when to come back.
    /// dispose: hang up; frames sent before are still delivered if that takes no waiting.
    /// The connector must neither block nor call back into user code.
    /// </remarks>
    IObservable<ReadOnlyMemory<byte>> Connect(Uri server, IObservable<ReadOnlyMemory<byte>> outbound);
}
