using System.Globalization;
using System.Reactive.Concurrency;

namespace RxWormhole.Testing;

/// <summary>A network on any scheduler, for tests: hosts with addresses, connections with latency, speed, back-pressure and every fault, and transit relays.</summary>
/// <remarks>
/// On a virtual clock everything happens inline as the clock advances, and always in the same way; whoever awaits goes on at that moment. It may be used by several threads at once.
/// It holds no thread and no timer: unused, it is garbage.
/// </remarks>
public sealed class VirtualNetwork
{
    private const int FirstPort = 32768;

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, VirtualHost> hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<VirtualRelay> relays = [];
    private readonly DateTimeOffset start;
    private int ports;

    /// <summary>Makes an empty network.</summary>
    /// <param name="scheduler">The clock. Not the immediate or the current-thread scheduler, which block while bytes are on their way.</param>
    /// <param name="options">What it should be like, or null for the usual.</param>
    /// <exception cref="ArgumentNullException">The scheduler is null.</exception>
    /// <exception cref="ArgumentException">The scheduler or an option is not usable; the message says which.</exception>
    public VirtualNetwork(IScheduler scheduler, VirtualNetworkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        if (scheduler is ImmediateScheduler or CurrentThreadScheduler)
            throw new ArgumentException("The scheduler must be one that runs work later: not the immediate or the current-thread scheduler.", nameof(scheduler));
        Scheduler = scheduler;
        Options = options ?? new VirtualNetworkOptions();
        Options.Validate();
        start = scheduler.Now;
    }

    /// <summary>What the network is like.</summary>
    public VirtualNetworkOptions Options { get; }

    /// <summary>What happened to connections.</summary>
    public Transcript Transcript { get; } = new();

    /// <summary>The relays there are.</summary>
    public IReadOnlyList<VirtualRelay> Relays
    {
        get
        {
            lock (gate)
                return [.. relays];
        }
    }

    /// <summary>What was not closed, one line each: connections of hosts, and ports somebody listens on; those of relays only where a client has its end still.</summary>
    public IReadOnlyList<string> LeftBehind
    {
        get
        {
            lock (gate)
            {
                return
                [
                    .. hosts.Values.Where(host => host.ConnectionsOpen > 0).Select(host => $"{host.Name}: open connections: {host.ConnectionsOpen}"),
                    .. hosts.Values.Where(host => !relays.Exists(relay => relay.Host == host))
                        .SelectMany(host => host.PortsOpen.Select(port => $"{host.Name}: listens on {port}")),
                ];
            }
        }
    }

    internal IScheduler Scheduler { get; }

    /// <summary>A machine in this network, with an IPv4 and an IPv6 address of its own.</summary>
    /// <param name="name">Its name, not empty; the same name gives the same object.</param>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public VirtualHost Host(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        lock (gate)
        {
            if (!hosts.TryGetValue(name, out var host))
                hosts.Add(name, host = new VirtualHost(this, name, hosts.Count));
            return host;
        }
    }

    /// <summary>Runs a transit relay on a machine of its own.</summary>
    /// <param name="name">The machine's name.</param>
    /// <param name="port">Its port, 1 to 65,535.</param>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The name is empty, or there is a machine of that name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The port is not in its range.</exception>
    public VirtualRelay AddRelay(string name, int port = 4001)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        lock (gate)
        {
            if (hosts.ContainsKey(name))
                throw new ArgumentException($"There is a machine named '{name}' already.", nameof(name));
        }

        var relay = new VirtualRelay(Host(name), port);
        lock (gate)
            relays.Add(relay);
        return relay;
    }

    /// <summary>Options for a session of a host, with this network and its relays for bulk data.</summary>
    /// <param name="rendezvous">The rendezvous server, on the same clock.</param>
    /// <param name="appId">The application id.</param>
    /// <param name="host">The name of the host, and of the client of the rendezvous.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The host's name is empty.</exception>
    public WormholeOptions OptionsFor(VirtualRendezvous rendezvous, string appId, string host)
    {
        ArgumentNullException.ThrowIfNull(rendezvous);
        return rendezvous.OptionsFor(appId, host) with
        {
            Transit = new TransitOptions { Connector = Host(host), Relays = [.. Relays.Select(relay => relay.Hint)] },
        };
    }

    internal static string Address(string address, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"{(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address)}:{port}");

    internal int NextPort() => FirstPort + Interlocked.Increment(ref ports) % FirstPort;

    /// <summary>Finds who is meant by a name or an address, as seen by a host that has addresses of one kind only.</summary>
    internal (VirtualHost Host, string Address, bool IsIPv6)? Find(VirtualHost from, string hostname)
    {
        if (!from.IsPluggedIn)
            return null;
        lock (gate)
        {
            foreach (var host in hosts.Values)
            {
                foreach (var address in host.Addresses().Where(address => host.Name.Equals(hostname, StringComparison.OrdinalIgnoreCase) || address == hostname))
                {
                    var isIPv6 = address == host.IPv6;
                    if (isIPv6 ? from.HasIPv6 : from.HasIPv4)
                        return (host, address, isIPv6);
                }
            }
        }

        return null;
    }

    internal void Note(string what) => Transcript.Add(Scheduler.Now - start, "", what);
}
