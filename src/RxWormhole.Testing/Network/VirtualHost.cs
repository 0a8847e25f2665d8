using System.Reactive.Disposables;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole.Testing;

/// <summary>A machine in a <see cref="VirtualNetwork"/>, and its way to connect and be connected to: for <see cref="TransitOptions.Connector"/>.</summary>
/// <remarks>It may be used by several threads at once.</remarks>
public sealed class VirtualHost : ITransitConnector
{
    private const int FirstFreePort = 49152;

    private readonly VirtualNetwork network;
    private readonly Lock gate = new();
    private readonly SortedDictionary<int, VirtualPort> ports = [];
    private readonly List<VirtualSocket> sockets = [];
    private volatile NetworkFaults faults = NetworkFaults.None;
    private volatile bool isPluggedIn = true;
    private volatile int dialled;
    private volatile int accepted;

    internal VirtualHost(VirtualNetwork network, string name, int number)
    {
        this.network = network;
        Name = name;
        IPv4 = $"10.0.{number / 250}.{number % 250 + 1}";
        IPv6 = $"fd00::{number + 1:x}";
    }

    /// <summary>Its name, by which others may dial it.</summary>
    public string Name { get; }

    /// <summary>Its IPv4 address.</summary>
    public string IPv4 { get; }

    /// <summary>Its IPv6 address.</summary>
    public string IPv6 { get; }

    /// <summary>Whether it has its IPv4 address: offers it, can be dialled there, and can dial those of others.</summary>
    /// <value>True at first.</value>
    public bool HasIPv4 { get; set; } = true;

    /// <summary>The same for IPv6.</summary>
    /// <value>True at first.</value>
    public bool HasIPv6 { get; set; } = true;

    /// <summary>What goes wrong with connections made from now on, by the host and to it.</summary>
    /// <value><see cref="NetworkFaults.None"/> at first.</value>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public NetworkFaults Faults
    {
        get => faults;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            faults = value;
        }
    }

    /// <summary>Whether it has a network at all.</summary>
    public bool IsPluggedIn => isPluggedIn;

    /// <summary>Whether it is cut off for a while: see <see cref="Isolate"/>.</summary>
    public bool IsIsolated => Cable.IsOut;

    /// <summary>How many attempts to connect it has begun.</summary>
    public int Dialled => dialled;

    /// <summary>How many connections it has accepted.</summary>
    public int Accepted => accepted;

    /// <summary>How many connections it has at this moment.</summary>
    public int ConnectionsOpen
    {
        get
        {
            lock (gate)
                return sockets.Count;
        }
    }

    /// <summary>The ports somebody listens on.</summary>
    public IReadOnlyList<int> PortsOpen
    {
        get
        {
            lock (gate)
                return [.. ports.Keys];
        }
    }

    /// <summary>Everything happens on the clock of the network.</summary>
    public PumpMode Pumping => PumpMode.Inline;

    /// <inheritdoc/>
    public IObservable<TransitListener> Listen(TransitPorts ports) => Observable.Create<TransitListener>(observer =>
    {
        if (!TryOpen(ports, out var number, out var port))
        {
            observer.OnError(new IOException($"no port from {ports.First} to {ports.Last} of {Name} is free"));
            return Disposable.Empty;
        }

        observer.OnNext(new TransitListener([.. Addresses().Select(address => new DirectHint(address, number))], port.Connections));
        return Disposable.Create(() =>
        {
            lock (gate)
                this.ports.Remove(number);
            port.Dispose();
        });
    });

    /// <summary>Describes one connection. Nothing happens before it is subscribed to.</summary>
    /// <param name="way">Where to: a host's or relay's name or address.</param>
    /// <inheritdoc/>
    public IObservable<ITransitConnection> Dial(TransitHint way)
    {
        ArgumentNullException.ThrowIfNull(way);
        return Observable.Create<ITransitConnection>(observer =>
        {
            var (hostname, port) = way switch
            {
                DirectHint direct => (direct.Hostname, direct.Port),
                WebSocketHint webSocket => (webSocket.Url.IdnHost.Trim('[', ']'), webSocket.Url.Port),
                _ => ("", 0),
            };
            Interlocked.Increment(ref dialled);
            var dial = new VirtualDial(network, this, observer);
            dial.Begin(hostname, port);
            return dial;
        });
    }

    /// <summary>Cuts all its connections: what is on the way is lost, and both ends notice.</summary>
    public void Cut() => EachLine(line => line.Cut("cut"));

    /// <summary>Makes all its connections half-open: nothing arrives any more on either side, and nobody is told.</summary>
    public void Silence() => EachLine(line => line.Silence());

    /// <summary>Cuts all its connections and lets no new ones be made: nobody reaches it, and it reaches nobody.</summary>
    public void Unplug()
    {
        isPluggedIn = false;
        Cut();
    }

    /// <summary>Lets connections be made again.</summary>
    public void PlugIn() => isPluggedIn = true;

    /// <summary>Cuts it off for a while: nothing arrives any more either way, and nobody is told. It waits until the host is back.</summary>
    /// <remarks>Attempts to connect, its own and those of others, are not answered meanwhile. <see cref="Cut"/> and <see cref="Unplug"/> tell both ends even so.</remarks>
    public void Isolate()
    {
        if (Cable.TakeOut())
            network.Note($"{Name}: isolated");
    }

    /// <summary>The host is back: what waited arrives, each way in order. Does nothing where it is not isolated.</summary>
    public void Rejoin()
    {
        if (Cable.PutIn(TimeSpan.Zero))
            network.Note($"{Name}: rejoins");
    }

    internal Cable Cable { get; } = new();

    internal IEnumerable<string> Addresses()
    {
        if (HasIPv4)
            yield return IPv4;
        if (HasIPv6)
            yield return IPv6;
    }

    internal string Address(bool isIPv6, int port) => VirtualNetwork.Address(isIPv6 ? IPv6 : IPv4, port);

    internal bool TryAccept(int port, VirtualSocket socket)
    {
        VirtualPort? open;
        lock (gate)
            ports.TryGetValue(port, out open);
        if (open is null || !open.TryAccept(socket))
            return false;
        Interlocked.Increment(ref accepted);
        return true;
    }

    internal bool TryOpen(TransitPorts range, out int number, out VirtualPort port)
    {
        var (first, last) = range == TransitPorts.Any ? (FirstFreePort, ushort.MaxValue) : (range.First, range.Last);
        port = new VirtualPort();
        lock (gate)
        {
            for (number = first; number <= last; number++)
            {
                if (isPluggedIn && ports.TryAdd(number, port))
                    return true;
            }
        }

        return false;
    }

    internal void Add(VirtualSocket socket)
    {
        lock (gate)
            sockets.Add(socket);
    }

    internal void Remove(VirtualSocket socket)
    {
        lock (gate)
            sockets.Remove(socket);
    }

    private void EachLine(Action<VirtualLine> action)
    {
        VirtualSocket[] open;
        lock (gate)
            open = [.. sockets];
        foreach (var socket in open)
            action(socket.Line);
    }
}
