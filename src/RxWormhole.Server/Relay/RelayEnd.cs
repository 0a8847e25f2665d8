namespace RxWormhole.Server;

/// <summary>One client's connection to the relay, whatever it is made of. Faults are <see cref="IOException"/>s.</summary>
internal abstract class RelayEnd
{
    /// <summary>Waits until there is something to receive, or the end of it, without holding a buffer.</summary>
    internal abstract ValueTask WaitAsync();

    /// <summary>Receives at least one byte, or none at the end.</summary>
    internal abstract ValueTask<int> ReceiveAsync(Memory<byte> buffer);

    /// <summary>Receives the request: the bytes up to the end of the line, or the whole of the first message.</summary>
    /// <param name="buffer">Takes <see cref="Protocol.RelayRequest.MaxLength"/> bytes and one more.</param>
    /// <returns>How long the line is without its end, or -1 where there is none; and how many bytes were received.</returns>
    internal virtual async ValueTask<(int Line, int Received)> ReceiveRequestAsync(Memory<byte> buffer)
    {
        var received = 0;
        while (received < buffer.Length)
        {
            var count = await ReceiveAsync(buffer[received..]).ConfigureAwait(false);
            if (count == 0)
                return (-1, received);
            var end = buffer.Span.Slice(received, count).IndexOf((byte)'\n');
            received += count;
            if (end >= 0)
                return (received - count + end, received);
        }

        return (-1, received);
    }

    /// <summary>Sends all of it, waiting for the client to take it.</summary>
    internal abstract ValueTask SendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Says that nothing will be sent any more, while the client may go on where its connection can do that.</summary>
    internal abstract ValueTask FinishAsync();

    /// <summary>Ends the connection at once. Whoever waits for it gets an <see cref="IOException"/>, or the end.</summary>
    internal abstract void Abort();
}
