using System.Diagnostics.CodeAnalysis;

namespace RxWormhole.Testing;

/// <summary>The way of one client to a <see cref="VirtualRendezvous"/>: a connector whose links can be made to fail in every way.</summary>
/// <remarks>It may be used by several threads at once.</remarks>
public sealed class VirtualClient : IRendezvousConnector
{
    private readonly VirtualRendezvous rendezvous;
    // On a link that was out an operating system tries again less and less often, while a new link gets through at once.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1);

    private readonly List<VirtualLink> links = [];
    private volatile LinkFaults faults = LinkFaults.None;
    private volatile bool isPluggedIn = true;
    private volatile int made;
    private volatile int frames;

    internal VirtualClient(VirtualRendezvous rendezvous, string name)
    {
        this.rendezvous = rendezvous;
        Name = name;
        Entropy = SeededEntropy.Create(rendezvous.Options.Seed, name);
    }

    /// <summary>The name that the transcript uses.</summary>
    public string Name { get; }

    /// <summary>What goes wrong with links made from now on.</summary>
    /// <value><see cref="LinkFaults.None"/> at first.</value>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public LinkFaults Faults
    {
        get => faults;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            faults = value;
        }
    }

    /// <summary>Whether the client has a network at all; without one every attempt to make a link fails.</summary>
    public bool IsPluggedIn => isPluggedIn;

    /// <summary>Whether the client is cut off for a while: see <see cref="Isolate"/>.</summary>
    public bool IsIsolated => Cable.IsOut;

    /// <summary>How many links were begun, those that were refused included.</summary>
    public int LinksMade => made;

    /// <summary>How many links there are at this moment: those that are being made, and half-open ones the client has not given up, included.</summary>
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

    // One source for all sessions of a client: the second must not begin with the side and the key of the first.
    internal Entropy Entropy { get; }

    // One of its own, so that a session is the same on an uneven link.
    [field: AllowNull]
    internal Entropy Unevenness => field ??= SeededEntropy.Create(rendezvous.Options.Seed, $"{Name}\njitter");

    [field: AllowNull]
    internal Entropy Order => field ??= SeededEntropy.Create(rendezvous.Options.Seed, $"{Name}\norder");

    /// <summary>Describes one link to the virtual server, whatever the address. Nothing happens before it is subscribed to; every subscription is a link of its own.</summary>
    /// <param name="server">The address, which is not looked at.</param>
    /// <param name="outbound">The frames to send, in order.</param>
    /// <remarks>
    /// value: one frame from the server. completion: the server hung up.
    /// error: a <see cref="LinkException"/>; the link was refused or cut. dispose: hang up; frames sent before still arrive.
    /// </remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public IObservable<ReadOnlyMemory<byte>> Connect(Uri server, IObservable<ReadOnlyMemory<byte>> outbound)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(outbound);
        return new VirtualConnection(rendezvous, this, outbound);
    }

    /// <summary>A connector to the same server over HTTP, with the same faults: the real <see cref="HttpConnector"/>, which asks for news every two seconds.</summary>
    /// <remarks>
    /// Every request is a link here, for <see cref="LinksMade"/>, <see cref="LinksOpen"/> and faults alike: its messages and those of the answer are frames. One that is cut
    /// on the way to the server is carried out up to there, as by a server that ends meanwhile; of an answer that is cut, what had arrived was heard.
    /// </remarks>
    public IRendezvousConnector OverHttp() => new HttpConnector(Requests) { Scheduler = rendezvous.Scheduler };

    /// <summary>As <see cref="OverHttp()"/>, with another time between two questions for news.</summary>
    /// <param name="pollInterval">More than zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not more than zero.</exception>
    public IRendezvousConnector OverHttp(TimeSpan pollInterval) => new HttpConnector(Requests) { Scheduler = rendezvous.Scheduler, PollInterval = pollInterval };

    /// <summary>Cuts all links of the client: what is on the way is lost, and both ends notice.</summary>
    public void Cut() => EachLink(link => link.Cut("cut"));

    /// <summary>Makes all links of the client half-open: nothing arrives any more on either side, and nobody is told.</summary>
    /// <remarks>Links made later are as <see cref="Faults"/> says. The server lets go of a half-open link when the client gives it up.</remarks>
    public void Silence() => EachLink(link => link.Silence());

    /// <summary>Cuts all links and lets no new ones be made.</summary>
    public void Unplug()
    {
        isPluggedIn = false;
        Cut();
    }

    /// <summary>Lets links be made again.</summary>
    public void PlugIn() => isPluggedIn = true;

    /// <summary>Cuts the client off for a while: nothing arrives any more either way, and nobody is told. It waits until the client is back.</summary>
    /// <remarks>Links that are made meanwhile are not answered. <see cref="Cut"/> and <see cref="Unplug"/> tell both ends even so; that the server stops is learned later.</remarks>
    public void Isolate()
    {
        if (Cable.TakeOut())
            rendezvous.Note(Name, "isolated");
    }

    /// <summary>The client is back: what waited arrives, on each link in order; on links that it has given up a second later. Does nothing where it is not isolated.</summary>
    public void Rejoin() => Rejoin(Late);

    /// <summary>As <see cref="Rejoin()"/>, with another time for links that the client has given up.</summary>
    /// <param name="late">How much later arrives what was sent on them: after what a new link says, where it is long enough.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public void Rejoin(TimeSpan late)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(late, TimeSpan.Zero);
        if (Cable.PutIn(late))
            rendezvous.Note(Name, "rejoins");
    }

    // It holds nothing that would have to be disposed of.
    [field: AllowNull]
    private VirtualHttp Requests => field ??= new VirtualHttp(rendezvous, this);

    internal Cable Cable { get; } = new();

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

    private void EachLink(Action<VirtualLink> action)
    {
        VirtualLink[] open;
        lock (links)
            open = [.. links];
        foreach (var link in open)
            action(link);
    }
}
