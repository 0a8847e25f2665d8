using System.Reactive.Disposables;
using RxWormhole.Protocol;

namespace RxWormhole.Testing;

/// <summary>A transit relay in a <see cref="VirtualNetwork"/>: the rules of the real one, over TCP and WebSocket on the same port.</summary>
public sealed class VirtualRelay
{
    private readonly Lock gate = new();
    private readonly List<VirtualRelayClient> waiting = [];
    private readonly SerialDisposable listening = new();
    private readonly int port;

    internal VirtualRelay(VirtualHost host, int port)
    {
        Host = host;
        this.port = port;
        Start();
    }

    /// <summary>The machine it runs on; its faults make the relay slow or unreachable.</summary>
    public VirtualHost Host { get; }

    /// <summary>How to reach it, for <see cref="TransitOptions.Relays"/>.</summary>
    public RelayHint Hint => new([new DirectHint(Host.Name, port)]);

    /// <summary>How to reach it by WebSocket.</summary>
    public RelayHint WebSocketHint => new([new WebSocketHint(new Uri($"ws://{Host.Name}:{port}/"))]);

    /// <summary>Whether it accepts connections and never answers.</summary>
    /// <value>False at first. It concerns what arrives from then on.</value>
    public bool IsSilent { get; set; }

    /// <summary>How many pairs it has brought together.</summary>
    public int Pairs { get; private set; }

    /// <summary>How many bytes it has passed on.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many wait for another.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
                return waiting.Count;
        }
    }

    /// <summary>The relay goes down: connections are cut, and new ones refused.</summary>
    public void Stop()
    {
        listening.Disposable = Disposable.Empty;
        Host.Cut();
    }

    /// <summary>The relay comes up again. Does nothing where it is.</summary>
    public void Start()
    {
        if (Host.PortsOpen.Contains(port))
            return;
        listening.Disposable = Host.Listen(TransitPorts.Only(port)).Subscribe(
            listener => listener.Connections.Subscribe(socket => _ = new VirtualRelayClient(this, socket).ServeAsync()),
            static _ => { });
    }

    /// <summary>Pairs a client with one that waits, or lets it wait. Others that wait for the same are sent away.</summary>
    internal VirtualRelayClient? Match(VirtualRelayClient client)
    {
        VirtualRelayClient? partner;
        VirtualRelayClient[] others = [];
        lock (gate)
        {
            partner = waiting.Find(other => other.Request!.Matches(client.Request!));
            if (partner is null)
            {
                waiting.Add(client);
            }
            else
            {
                waiting.Remove(partner);
                others = [.. waiting.Where(other => other.Request!.Token == client.Request!.Token)];
                waiting.RemoveAll(other => others.Contains(other));
                Pairs++;
            }
        }

        foreach (var other in others)
            other.Close();
        return partner;
    }

    internal void Leave(VirtualRelayClient client)
    {
        lock (gate)
            waiting.Remove(client);
    }

    internal void Count(int bytes)
    {
        lock (gate)
            Bytes += bytes;
    }
}
