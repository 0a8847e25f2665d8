using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RxWormhole.Benchmarks.Load;

/// <summary>A WebSocket client that does as little as a server will take, so that the figures are the server's. One task at a time.</summary>
internal sealed class WireClient : IDisposable
{
    // Any key will do: it keeps proxies from taking our bytes for something else, and there is none.
    private const uint Mask = 0x37fa213d;
    private const int Text = 0x81;
    private const int Close = 0x88;
    private const int Ping = 0x89;
    private const int Pong = 0x8a;

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] toSend = new byte[2048];
    private byte[] received = new byte[2048];
    private int sendCount;
    private int start;
    private int end;

    /// <summary>Connects and asks for the WebSocket.</summary>
    internal async Task ConnectAsync(IPEndPoint server, string path)
    {
        await socket.ConnectAsync(server);
        var request = $"GET {path} HTTP/1.1\r\nHost: {server}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
        sendCount = Encoding.ASCII.GetBytes(request, toSend);
        await FlushAsync();
        int head;
        while ((head = received.AsSpan(0, end).IndexOf("\r\n\r\n"u8)) < 0)
            await FillAsync();
        if (!received.AsSpan(0, end).StartsWith("HTTP/1.1 101"u8))
            throw new LoadException($"The server answered: {Encoding.ASCII.GetString(received, 0, head)}");
        start = head + 4;
    }

    /// <summary>Where the next frame's text may be written; <see cref="Add(int)"/> makes it a frame.</summary>
    internal Span<byte> Space => toSend.AsSpan(sendCount + 8);

    /// <summary>Adds a frame of the text that was written, to be sent with the next flush.</summary>
    internal void Add(int length) => Add(Text, length);

    internal async ValueTask FlushAsync()
    {
        for (var sent = 0; sent < sendCount;)
            sent += await socket.SendAsync(toSend.AsMemory(sent, sendCount - sent), SocketFlags.None);
        sendCount = 0;
    }

    /// <summary>Gives the next frame's text, good until the next call. Answers pings on the way.</summary>
    internal async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync()
    {
        while (true)
        {
            var (kind, length) = await ReadHeadAsync();
            while (end - start < length)
                await FillAsync();
            var payload = received.AsMemory(start, length);
            start += length;
            switch (kind)
            {
                case Text:
                    return payload;
                case Ping:
                    payload.Span.CopyTo(Space);
                    Add(Pong, length);
                    await FlushAsync();
                    break;
                case Pong:
                    break;
                default:
                    throw new LoadException(kind == Close && length > 2
                        ? $"The server closed: {Encoding.UTF8.GetString(payload.Span[2..])}"
                        : $"The server sent a frame of kind 0x{kind:x2}, which was not expected.");
            }
        }
    }

    /// <summary>Says goodbye as clients do, and waits until the server has ended the connection.</summary>
    internal async Task HangUpAsync()
    {
        BinaryPrimitives.WriteUInt16BigEndian(Space, 1000);
        Add(Close, 2);
        await FlushAsync();
        while (await socket.ReceiveAsync(received.AsMemory(), SocketFlags.None) > 0)
        {
        }
    }

    public void Dispose() => socket.Dispose();

    private void Add(int kind, int length)
    {
        // kind[1] || 0x80+126[1] || length[2, big-endian] || mask[4] || text; below 126 bytes without the second length.
        var frame = toSend.AsSpan(sendCount);
        frame[0] = (byte)kind;
        var head = 8;
        if (length < 126)
        {
            // Control frames must have the short form, and so should the others.
            frame[1] = (byte)(0x80 | length);
            head = 6;
            frame.Slice(8, length).CopyTo(frame[head..]);
        }
        else
        {
            frame[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(frame[2..], checked((ushort)length));
        }

        BinaryPrimitives.WriteUInt32BigEndian(frame[(head - 4)..], Mask);
        var text = frame.Slice(head, length);
        for (var i = 0; i < length; i++)
            text[i] ^= (byte)(Mask >> (24 - (8 * (i & 3))));
        sendCount += head + length;
    }

    private async ValueTask<(int Kind, int Length)> ReadHeadAsync()
    {
        while (end - start < 2)
            await FillAsync();
        var (kind, length) = (received[start], received[start + 1]);
        if (length < 126)
        {
            start += 2;
            return (kind, length);
        }

        if (length != 126)
            throw new LoadException("The server sent a frame longer than any that was expected.");
        while (end - start < 4)
            await FillAsync();
        start += 4;
        return (kind, BinaryPrimitives.ReadUInt16BigEndian(received.AsSpan(start - 2)));
    }

    private async ValueTask FillAsync()
    {
        if (start == end)
            (start, end) = (0, 0);
        else if (start > 0 && end == received.Length)
        {
            received.AsSpan(start..end).CopyTo(received);
            (start, end) = (0, end - start);
        }

        if (end == received.Length)
            Array.Resize(ref received, received.Length * 2);
        var count = await socket.ReceiveAsync(received.AsMemory(end), SocketFlags.None);
        if (count == 0)
            throw new LoadException("The server ended the connection.");
        end += count;
    }
}
