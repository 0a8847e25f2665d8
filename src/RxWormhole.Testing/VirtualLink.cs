using System.Reactive.Disposables;

namespace RxWormhole.Testing;

/// <summary>A link between a client and the virtual server.</summary>
internal partial class VirtualLink
{
    private readonly VirtualRendezvous rendezvous;
    private readonly VirtualClient client;
    private readonly IObserver<ReadOnlyMemory<byte>> observer;
    private readonly LinkFaults faults;
    private readonly int number;
    private readonly Wire toServer;
    private readonly Wire toClient;
    private readonly Shuffle? shuffle;
    private readonly Pace? outwards;
    private readonly Pace? inwards;
    private readonly SingleAssignmentDisposable outbound = new();
    private readonly Lock gate = new();
    private readonly Lock telling = new();
    private int connection;
    private volatile bool isSilent;
    private volatile bool isHungUp;
    private volatile bool isGone;
    private volatile bool isServerLost;

    internal VirtualLink(VirtualRendezvous rendezvous, VirtualClient client, IObserver<ReadOnlyMemory<byte>> observer)
    {
        this.rendezvous = rendezvous;
        this.client = client;
        this.observer = observer;
        faults = client.Faults;
        var latency = faults.Latency ?? rendezvous.Options.Latency;
        number = client.NextLink();
        toServer = new Wire(rendezvous.Scheduler, latency, client.Cable);
        shuffle = faults.ShufflesMessages && !MayRepeat ? new Shuffle(client.Order, ArriveInPlace) : null;
        toClient = new Wire(rendezvous.Scheduler, latency, client.Cable) { Settled = shuffle is null ? null : shuffle.Flush };
        if (faults.Jitter == TimeSpan.Zero && faults.BytesPerSecond is null)
            return;
        outwards = new Pace(rendezvous.Scheduler, faults.Jitter, faults.BytesPerSecond, client.Unevenness);
        inwards = new Pace(rendezvous.Scheduler, faults.Jitter, faults.BytesPerSecond, client.Unevenness);
    }

    /// <summary>Whether the server has to reckon with commands it had before.</summary>
    internal virtual bool MayRepeat => false;

    private protected virtual string Kind => "link";

    /// <summary>What the transcript says when the server hangs up, or null where that goes without saying.</summary>
    private protected virtual string? Farewell => "closed by the server";

    internal IDisposable Dial(IObservable<ReadOnlyMemory<byte>> frames)
    {
        // Before anything that is sent at once, because it travels in front.
        var dialled = Begin(() =>
        {
            if (!isHungUp)
                TryReach();
        }, 0);
        outbound.Disposable = frames.Subscribe(
            frame => toServer.Put(() => Arrive(isFromClient: true, frame), Longer(outwards, frame.Length)), static _ => { }, static () => { });
        return dialled;
    }

    /// <summary>Sends a frame to the client.</summary>
    internal virtual void Send(ReadOnlyMemory<byte> frame) => toClient.Put(() => Arrive(isFromClient: false, frame), Longer(inwards, frame.Length));

    /// <summary>The server hangs up after what it sent before.</summary>
    internal virtual void Complete() => toClient.Put(() =>
    {
        shuffle?.Flush();
        if (!isSilent && Close(Farewell))
            Tell(told => told.OnCompleted());
    });

    /// <summary>The server took the link, which may be gone already.</summary>
    internal bool TryBegin(int accepted)
    {
        lock (gate)
        {
            if (isGone)
                return false;
            connection = accepted;
        }

        rendezvous.Note(client.Name, $"{Kind} {number}");
        return true;
    }

    internal void Cut(string why)
    {
        if (Close(why))
            Tell(told => told.OnError(new LinkException($"the virtual link was {why}")));
    }

    /// <summary>The server is gone: who is at the other end of a half-open link does not notice, and who is isolated not before he is back.</summary>
    internal void LoseServer()
    {
        const string why = "cut by the server's stop";
        if (!isSilent && !client.IsIsolated)
        {
            Cut(why);
            return;
        }

        rendezvous.Drop(connection);
        if (isSilent)
            return;
        isServerLost = true;
        toServer.Cut();
        toClient.Put(() => Cut(why));
    }

    internal void Silence()
    {
        isSilent = true;
        rendezvous.Note(client.Name, "the link is half-open from here on");
    }

    /// <summary>Sends what begins the link.</summary>
    /// <param name="reach">What happens when it arrives.</param>
    /// <param name="length">How many bytes it has.</param>
    private protected IDisposable Begin(Action reach, int length)
    {
        client.Add(this);
        toServer.Put(reach, Longer(outwards, length));
        return Disposable.Create(HangUp);
    }

    /// <summary>The link is at the server, which takes it or not.</summary>
    private protected bool TryReach()
    {
        if (isSilent)
            return false;
        if (client.IsPluggedIn && rendezvous.TryAccept(this))
            return true;
        if (Close("refused"))
            Tell(told => told.OnError(new LinkException("the virtual server cannot be reached")));
        return false;
    }

    /// <summary>The client has said everything.</summary>
    private protected void Finish()
    {
        if (CanArrive(isFromClient: true))
            rendezvous.Finish(connection);
    }

    /// <summary>The server has nothing more to do with the link, though what it said is still on its way.</summary>
    private protected void Leave() => rendezvous.Leave(connection);

    private static TimeSpan Longer(Pace? pace, int length) => pace?.Next(length) ?? TimeSpan.Zero;

    // What is on its way to the server still arrives, as with a socket; what comes back finds nobody.
    private void HangUp()
    {
        lock (gate)
        {
            if (isGone || isHungUp)
                return;
            isHungUp = true;
        }

        outbound.Dispose();
        toClient.Cut();
        toServer.IsGivenUp = true;
        client.Remove(this);
        rendezvous.Note(client.Name, "hung up");
        toServer.Put(() => Close(null));
    }

    private bool Close(string? why)
    {
        int known;
        lock (gate)
        {
            if (isGone)
                return false;
            isGone = true;
            known = connection;
        }

        outbound.Dispose();
        toServer.Cut();
        toClient.Cut();
        client.Remove(this);
        rendezvous.Drop(known);
        if (why is not null)
            rendezvous.Note(client.Name, $"{Kind} {number} {why}");
        return true;
    }

    private void Tell(Action<IObserver<ReadOnlyMemory<byte>>> end)
    {
        lock (telling)
        {
            if (!isHungUp)
                end(observer);
        }
    }
}
