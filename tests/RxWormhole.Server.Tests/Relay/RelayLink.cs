using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace RxWormhole.Server.Tests;

/// <summary>A client of the relay.</summary>
internal abstract class RelayLink : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    internal static string Request(char token, string? side) => $"please relay {new string(token, 64)}{(side is null ? "" : $" for side {side.PadRight(16, '0')}")}\n";

    internal abstract Task SendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Receives something, or nothing at the end.</summary>
    internal abstract Task<int> ReceiveAsync(Memory<byte> buffer);

    /// <summary>Sends no more, but goes on receiving where that can be.</summary>
    internal abstract Task FinishAsync();

    internal Task SendAsync(string text) => SendAsync(Encoding.ASCII.GetBytes(text));

    internal async Task<string> ReadAsync(int length)
    {
        var buffer = new byte[length];
        for (var read = 0; read < length;)
        {
            var count = await ReceiveAsync(buffer.AsMemory(read)).WaitAsync(Patience);
            if (count == 0)
                return Encoding.ASCII.GetString(buffer, 0, read);
            read += count;
        }

        return Encoding.ASCII.GetString(buffer);
    }

    /// <summary>Reads until the relay closes.</summary>
    internal async Task<string> ReadToEndAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            int count;
            while ((count = await ReceiveAsync(buffer).WaitAsync(Patience)) > 0)
                text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
        catch (Exception exception) when (exception is SocketException or WebSocketException)
        {
            // An end, too.
        }

        return text.ToString();
    }

    public abstract void Dispose();

    internal sealed class Tcp : RelayLink
    {
        private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp);

        internal Tcp(IPEndPoint relay)
        {
            socket.Connect(relay);
            socket.NoDelay = true;
        }

        internal override async Task SendAsync(ReadOnlyMemory<byte> bytes)
        {
            while (!bytes.IsEmpty)
                bytes = bytes[await socket.SendAsync(bytes)..];
        }

        internal override Task<int> ReceiveAsync(Memory<byte> buffer) => socket.ReceiveAsync(buffer).AsTask();

        internal override Task FinishAsync()
        {
            socket.Shutdown(SocketShutdown.Send);
            return Task.CompletedTask;
        }

        public override void Dispose() => socket.Dispose();
    }

    internal sealed class Web : RelayLink
    {
        private readonly ClientWebSocket socket = new();

        internal Web(Uri relay) => socket.ConnectAsync(relay, CancellationToken.None).Wait(Patience);

        internal override Task SendAsync(ReadOnlyMemory<byte> bytes) => SendAsync(bytes, WebSocketMessageType.Binary);

        internal Task SendAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type, bool isWhole = true) =>
            socket.SendAsync(bytes, type, isWhole, CancellationToken.None).AsTask();

        internal override async Task<int> ReceiveAsync(Memory<byte> buffer)
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer, CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                    return 0;
                if (part.Count > 0)
                    return part.Count;
            }
        }

        internal override Task FinishAsync() => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

        public override void Dispose() => socket.Dispose();
    }
}
