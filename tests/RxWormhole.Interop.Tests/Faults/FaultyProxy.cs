using System.Net;
using System.Net.Sockets;

namespace RxWormhole.Interop.Tests.Faults;

/// <summary>A TCP proxy on a free loopback port in front of another port, which breaks connections where it is told to.</summary>
internal sealed class FaultyProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly List<FaultyConnection> connections = [];
    private readonly Fault[] faults;
    private readonly TaskCompletionSource seen = new();

    /// <param name="target">What it stands in front of.</param>
    /// <param name="faults">What it does.</param>
    internal FaultyProxy(IPEndPoint target, params Fault[] faults)
    {
        (Target, this.faults) = (target, faults);
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>What it stands in front of, for connections from now on.</summary>
    internal IPEndPoint Target { get; set; }

    internal int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How many connections there were.</summary>
    internal int Connections
    {
        get
        {
            lock (connections)
                return connections.Count;
        }
    }

    /// <summary>At which offset each fault came that did.</summary>
    internal IReadOnlyList<(Fault Fault, long Offset)> Hits
    {
        get
        {
            lock (connections)
                return [.. connections.SelectMany(each => each.Hits)];
        }
    }

    /// <summary>How many bytes passed on the first connection.</summary>
    internal (long Up, long Down) Passed
    {
        get
        {
            lock (connections)
                return connections[0].Passed;
        }
    }

    /// <summary>Called when a connection was made, with its number, and with 0 when a fault came.</summary>
    internal Action<int> Happened { get; set; } = _ => { };

    /// <summary>What <see cref="Seen"/> waits for on the way down; set before anybody connects.</summary>
    internal Spot? Watched { get; init; }

    /// <summary>Done when what is watched has passed, on any connection.</summary>
    internal Task Seen => seen.Task;

    /// <summary>The address of the server behind it, as it is in front of it.</summary>
    internal Uri InFrontOf(Uri server) => new UriBuilder(server) { Port = Port }.Uri;

    public void Dispose()
    {
        over.Cancel();
        listener.Dispose();
        lock (connections)
            connections.ForEach(each => each.Dispose());
        over.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket dialler;
            try
            {
                dialler = await listener.AcceptSocketAsync(over.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            FaultyConnection connection;
            lock (connections)
            {
                var number = connections.Count + 1;
                connection = new FaultyConnection(dialler, [.. faults.Where(each => each.Connection == number || each.Connection == Fault.Every)], () => Happened(0))
                {
                    Watched = Watched,
                    Saw = () => seen.TrySetResult(),
                };
                connections.Add(connection);
            }

            Happened(Connections);
            _ = connection.RunAsync(Target, over.Token);
        }
    }
}
