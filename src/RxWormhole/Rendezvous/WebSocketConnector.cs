namespace RxWormhole;
/// <summary>x</summary>
public sealed class WebSocketConnector : IRendezvousConnector
{
    /// <summary>x</summary>
    public static WebSocketConnector Default { get; } = new();
    /// <inheritdoc/>
    public IObservable<ReadOnlyMemory<byte>> Connect(Uri server, IObservable<ReadOnlyMemory<byte>> outbound) => throw new NotSupportedException();
}
