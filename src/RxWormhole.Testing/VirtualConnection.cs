namespace RxWormhole.Testing;

/// <summary>A link that has not been made yet: each subscription makes one.</summary>
internal sealed class VirtualConnection(VirtualRendezvous rendezvous, VirtualClient client, IObservable<ReadOnlyMemory<byte>> outbound)
    : IObservable<ReadOnlyMemory<byte>>
{
    public IDisposable Subscribe(IObserver<ReadOnlyMemory<byte>> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return new VirtualLink(rendezvous, client, observer).Dial(outbound);
    }
}
