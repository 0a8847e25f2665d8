using Microsoft.Reactive.Testing;

namespace RxWormhole.Testing.Tests;

/// <summary>Tests of links, frame by frame, on a virtual clock; nothing here awaits.</summary>
public abstract class RawFixture
{
    protected TestScheduler Clock { get; private set; } = new();

    protected VirtualRendezvous Rendezvous { get; private set; } = null!;

    protected VirtualClient Alice => Rendezvous.Client("alice");

    [SetUp]
    public void StartClock()
    {
        Clock = new TestScheduler();
        Rendezvous = new VirtualRendezvous(Clock);
    }

    protected void StartServer(VirtualRendezvousOptions options) => Rendezvous = new VirtualRendezvous(Clock, options);

    protected void Advance(double milliseconds) => Clock.AdvanceBy(TimeSpan.FromMilliseconds(milliseconds).Ticks);

    private protected RawLink Dial(string client = "alice", LinkFaults? faults = null)
    {
        Rendezvous.Client(client).Faults = faults ?? LinkFaults.None;
        return new RawLink(Rendezvous, Clock, client);
    }

    /// <summary>A link that was welcomed and has bound.</summary>
    private protected RawLink Bound(string client = "alice", LinkFaults? faults = null)
    {
        var link = Dial(client, faults);
        Advance(20);
        link.Bind(client);
        Advance(20);
        return link;
    }

    /// <summary>A link that is subscribed to the mailbox of nameplate 4.</summary>
    private protected RawLink Opened(string client = "alice")
    {
        var link = Bound(client);
        link.Say("""{"type":"claim","nameplate":"4"}""");
        Advance(20);
        var mailbox = link.TextsOf("claimed").Single().Split('"')[7];
        link.Say($$"""{"type":"open","mailbox":"{{mailbox}}"}""");
        Advance(20);
        return link;
    }
}
