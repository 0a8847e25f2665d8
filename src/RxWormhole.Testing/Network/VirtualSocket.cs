namespace RxWormhole.Testing;

/// <summary>One end of a virtual connection.</summary>
internal sealed class VirtualSocket(VirtualLine line, VirtualHost host, VirtualFlow incoming, VirtualFlow outgoing, string remoteAddress) : ITransitConnection
{
    private int isGone;

    public string RemoteAddress => remoteAddress;

    internal VirtualLine Line => line;

    public ValueTask<int> ReadAsync(Memory<byte> buffer) =>
        buffer.IsEmpty ? throw new ArgumentException("There has to be room for a byte.", nameof(buffer)) : incoming.ReadAsync(buffer);

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes) => outgoing.WriteAsync(bytes);

    public void Dispose()
    {
        if (!TryLeave())
            return;
        incoming.Abandon("the connection was disposed of");
        outgoing.Finish("the connection was disposed of");
    }

    internal void OnCut() => TryLeave();

    private bool TryLeave()
    {
        if (Interlocked.Exchange(ref isGone, 1) != 0)
            return false;
        host.Remove(this);
        return true;
    }
}
