using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace RxWormhole.Server;

/// <summary>A client on a plain TCP connection: the fast way, straight from socket to socket.</summary>
internal sealed class SocketEnd(Socket socket) : RelayEnd
{
    /// <summary>The socket for calls that .NET does not have. It does not block: asynchronous calls came before.</summary>
    internal SafeHandle Handle => socket.SafeHandle;

    internal override ValueTask WaitAsync()
    {
        try
        {
            return IsReadable ? default : WaitSlowlyAsync();
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    internal override async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, SocketFlags.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    internal override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
                bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None).ConfigureAwait(false)..];
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    internal override ValueTask FinishAsync()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
            return default;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    internal override void Abort() => socket.Dispose();

    // There is something, or the end, or a fault that receiving tells.
    private bool IsReadable => socket.Poll(0, SelectMode.SelectRead);

    // An empty receive may also complete because of what came, and was received, just before it.
    private async ValueTask WaitSlowlyAsync()
    {
        try
        {
            do
                await socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None).ConfigureAwait(false);
            while (!IsReadable);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw new IOException(exception.Message, exception);
        }
    }
}
