using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Socket = System.Net.Sockets.Socket;

namespace RxWormhole.Server;

/// <summary>A connection that came in on a <see cref="RelayEndPoint"/>.</summary>
internal sealed class RelayConnection : ConnectionContext
{
    private static long last;

    private readonly Socket socket;

    internal RelayConnection(Socket socket)
    {
        this.socket = socket;
        Transport = new RelayTransport(socket);
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
    }

    public override string ConnectionId { get; set; } = $"relay {Interlocked.Increment(ref last)}";

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new ConnectionItems();

    public override IDuplexPipe Transport { get; set; }

    public override void Abort(ConnectionAbortedException abortReason) => socket.Dispose();

    public override ValueTask DisposeAsync()
    {
        socket.Dispose();
        return base.DisposeAsync();
    }
}
