namespace RxWormhole;

/// <summary>A way to move bytes to one other program and back, whoever that is. Reading and writing may go on at the same time, each once.</summary>
/// <remarks>
/// Awaiting is cheap here: the tasks are to be awaited once, at once, and an implementation is expected not to allocate for them.
/// <see cref="IDisposable.Dispose"/> closes the connection at any moment, from any thread; what was written is still delivered if that takes no waiting, and what is pending fails
/// with an <see cref="IOException"/>.
/// </remarks>
public interface ITransitConnection : IDisposable
{
    /// <summary>The address of the other end, for people, for instance <c>192.0.2.1:4001</c>.</summary>
    string RemoteAddress { get; }

    /// <summary>Reads what is there, at least one byte.</summary>
    /// <param name="buffer">Where to; not empty.</param>
    /// <returns>How many bytes there were; 0 where the other end closed.</returns>
    /// <exception cref="IOException">The connection is lost or was disposed of.</exception>
    ValueTask<int> ReadAsync(Memory<byte> buffer);

    /// <summary>Writes all of some bytes, and waits while the other end takes no more.</summary>
    /// <param name="bytes">The bytes; they are not touched after the task is done.</param>
    /// <exception cref="IOException">The connection is lost or was disposed of.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes);
}
