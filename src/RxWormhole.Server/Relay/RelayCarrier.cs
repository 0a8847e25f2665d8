namespace RxWormhole.Server;

/// <summary>What bytes are carried in from one connection to another: held only while there are some.</summary>
internal abstract class RelayCarrier : IDisposable
{
    /// <summary>Gets the best there is between two connections.</summary>
    internal static RelayCarrier Between(RelayEnd from, RelayEnd to) =>
        from is SocketEnd source && to is SocketEnd target && SplicePipe.TryRent() is { } pipe
            ? new SpliceCarrier(source, target, pipe)
            : new BufferCarrier(from, to);

    /// <summary>Takes what has come.</summary>
    /// <param name="most">How many bytes at most.</param>
    /// <returns>How many they are; 0 at the end; -1 where there is nothing more for now.</returns>
    internal abstract ValueTask<int> TakeAsync(int most);

    /// <summary>Sends all that was taken, waiting for the client to take it.</summary>
    internal abstract ValueTask PassAsync();

    public abstract void Dispose();
}
