using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace RxWormhole.Server;

/// <summary>A client on any connection of Kestrel's, for instance under TLS.</summary>
internal sealed class PipeEnd(ConnectionContext connection) : RelayEnd
{
    private readonly PipeReader reader = connection.Transport.Input;
    private readonly PipeWriter writer = connection.Transport.Output;

    internal override async ValueTask WaitAsync()
    {
        try
        {
            var read = await reader.ReadAsync().ConfigureAwait(false);
            reader.AdvanceTo(read.Buffer.Start);
        }
        catch (Exception exception) when (exception is not IOException)
        {
            throw Lost(exception);
        }
    }

    internal override async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        try
        {
            var read = await reader.ReadAsync().ConfigureAwait(false);
            var count = (int)Math.Min(read.Buffer.Length, buffer.Length);
            var taken = read.Buffer.Slice(0, count);
            taken.CopyTo(buffer.Span);
            reader.AdvanceTo(taken.End);
            return count;
        }
        catch (Exception exception) when (exception is not IOException)
        {
            throw Lost(exception);
        }
    }

    internal override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            if ((await writer.WriteAsync(bytes).ConfigureAwait(false)).IsCompleted)
                throw new IOException("the connection is closed");
        }
        catch (Exception exception) when (exception is not IOException)
        {
            throw Lost(exception);
        }
    }

    // Kestrel's connections end as a whole; what was sent is sent.
    internal override ValueTask FinishAsync() => writer.CompleteAsync();

    internal override void Abort() => connection.Abort();

    private static IOException Lost(Exception exception) => new("the connection is lost", exception);
}
