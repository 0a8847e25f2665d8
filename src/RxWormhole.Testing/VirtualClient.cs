namespace RxWormhole.Testing;

/// <summary>The way of one client to a <see cref="VirtualRendezvous"/>: a connector whose links can be made to fail in every way.</summary>
public sealed class VirtualClient : IRendezvousConnector
{
    private readonly VirtualRendezvous rendezvous;
    private readonly List<VirtualLink> links = [];
    private int made;
    private int frames;

    internal VirtualClient(VirtualRendezvous rendezvous, string name)
    {
        this.rendezvous = rendezvous;
        Name = name;
    }

    /// <summary>The name that the transcript uses.</summary>
    public string Name { get; }

    /// <summary>What goes wrong with links made from now on.</summary>
    public LinkFaults Faults { get; set; } = LinkFaults.None;

    /// <summary>Whether the client has a network at all; without one every attempt to make a link fails.</summary>
    public bool IsPluggedIn { get; private set; } = true;

    /// <summary>How many links were made.</summary>
    public int LinksMade => made;

    /// <summary>How many links there are at this moment.</summary>
    public int LinksOpen
    {
        get
        {
            lock (links)
                return links.Count;
        }
    }

    /// <summary>How many frames arrived, in both directions, over all links.</summary>
    public int Frames => frames;

    /// <inheritdoc/>
    public IObservable<ReadOnlyMemory<byte>> Connect(Uri server, IObservable<ReadOnlyMemory<byte>> outbound) =>
        new VirtualConnection(rendezvous, this, outbound);

    /// <summary>Cuts all links of the client: what is on the way is lost, and both ends notice.</summary>
    public void Cut() => EachLink(link => link.Cut("cut"));

    /// <summary>Makes all links of the client half-open: nothing arrives any more on either side, and nobody is told.</summary>
    public void Silence() => EachLink(link => link.Silence());

    /// <summary>Cuts all links and lets no new ones be made.</summary>
    public void Unplug()
    {
        IsPluggedIn = false;
        Cut();
    }

    /// <summary>Lets links be made again.</summary>
    public void PlugIn() => IsPluggedIn = true;

    internal int NextLink() => Interlocked.Increment(ref made);

    internal int CountFrame() => Interlocked.Increment(ref frames);

    internal void Add(VirtualLink link)
    {
        lock (links)
            links.Add(link);
    }

    internal void Remove(VirtualLink link)
    {
        lock (links)
            links.Remove(link);
    }

    internal void EachLink(Action<VirtualLink> action)
    {
        VirtualLink[] open;
        lock (links)
            open = [.. links];
        foreach (var link in open)
            action(link);
    }
}
