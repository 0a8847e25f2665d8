using System.Reactive.Disposables;

namespace RxWormhole.Testing;

/// <summary>A link between a client and the virtual server.</summary>
internal sealed class VirtualLink
{
    private readonly VirtualRendezvous rendezvous;
    private readonly VirtualClient client;
    private readonly IObserver<ReadOnlyMemory<byte>> observer;
    private readonly LinkFaults faults;
    private readonly int number;
    private readonly Wire toServer;
    private readonly Wire toClient;
    private readonly Pace? outwards;
    private readonly Pace? inwards;
    private readonly SingleAssignmentDisposable outbound = new();
    private readonly Lock gate = new();
    private readonly Lock telling = new();
    private int connection;
    private volatile bool isSilent;
    private volatile bool isHungUp;
    private volatile bool isGone;

    internal VirtualLink(VirtualRendezvous rendezvous, VirtualClient client, IObserver<ReadOnlyMemory<byte>> observer)
    {
        this.rendezvous = rendezvous;
        this.client = client;
        this.observer = observer;
        faults = client.Faults;
        var latency = faults.Latency ?? rendezvous.Options.Latency;
        number = client.NextLink();
        toServer = new Wire(rendezvous.Scheduler, latency, client.Cable);
        toClient = new Wire(rendezvous.Scheduler, latency, client.Cable);
        if (faults.Jitter == TimeSpan.Zero && faults.BytesPerSecond is null)
            return;
        outwards = new Pace(rendezvous.Scheduler, faults.Jitter, faults.BytesPerSecond, client.Unevenness);
        inwards = new Pace(rendezvous.Scheduler, faults.Jitter, faults.BytesPerSecond, client.Unevenness);
    }

    internal IDisposable Dial(IObservable<ReadOnlyMemory<byte>> frames)
    {
        client.Add(this);
        // Before anything that is sent at once, because it travels in front.
        toServer.Put(Reach, Longer(outwards, 0));
        outbound.Disposable = frames.Subscribe(
            frame => toServer.Put(() => Arrive(isFromClient: true, frame), Longer(outwards, frame.Length)), static _ => { }, static () => { });
        return Disposable.Create(HangUp);
    }

    /// <summary>Sends a frame to the client.</summary>
    internal void Send(ReadOnlyMemory<byte> frame) => toClient.Put(() => Arrive(isFromClient: false, frame), Longer(inwards, frame.Length));

    /// <summary>The server hangs up after what it sent before.</summary>
    internal void Complete() => toClient.Put(() =>
    {
        if (!isSilent && Close("closed by the server"))
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

        rendezvous.Note(client.Name, $"link {number}");
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
        toServer.Cut();
        toClient.Put(() => Cut(why));
    }

    internal void Silence()
    {
        isSilent = true;
        rendezvous.Note(client.Name, "the link is half-open from here on");
    }

    private static TimeSpan Longer(Pace? pace, int length) => pace?.Next(length) ?? TimeSpan.Zero;

    private void Reach()
    {
        if (isSilent || isHungUp)
            return;
        if (client.IsPluggedIn && rendezvous.TryAccept(this))
            return;
        if (Close("refused"))
            Tell(told => told.OnError(new LinkException("the virtual server cannot be reached")));
    }

    private void Arrive(bool isFromClient, ReadOnlyMemory<byte> bytes)
    {
        if (!CanArrive(isFromClient))
            return;
        var original = new VirtualFrame(client.Name, number, isFromClient, bytes);
        if (faults.AreFramesRewritten)
            ArriveRewritten(original);
        else
            Deliver(original);
    }

    private void ArriveRewritten(VirtualFrame original)
    {
        var isLost = true;
        var rewritten = faults.Rewrite(original) ?? throw new InvalidOperationException("LinkFaults.Rewrite gave null; to lose a frame give an empty sequence.");
        foreach (var frame in rewritten)
        {
            if (!CanArrive(original.IsFromClient))
                return;
            isLost = false;
            Deliver(original with { Bytes = frame.Bytes });
        }

        if (isLost)
            rendezvous.NoteLost(original);
    }

    private bool CanArrive(bool isFromClient) => !isSilent && !isGone && connection > 0 && (isFromClient || !isHungUp);

    private void Deliver(VirtualFrame frame)
    {
        rendezvous.Note(frame);
        var count = client.CountFrame();
        if (frame.IsFromClient)
            rendezvous.Receive(connection, frame.Bytes);
        else
            Hand(frame.Bytes);
        rendezvous.Show(frame);

        if (faults.CutAfter.Contains(count))
            Cut($"cut after frame {count}");
        else if (faults.IsCutBehind(frame))
            Cut($"cut after {frame.Type} {frame.Phase}".TrimEnd());
        else if (faults.SilentAfter.Contains(count))
            Silence();
    }

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
            rendezvous.Note(client.Name, $"link {number} {why}");
        return true;
    }

    // One at a time, and nothing behind the end, though a cut may come from any thread.
    private void Hand(ReadOnlyMemory<byte> frame)
    {
        lock (telling)
        {
            if (!isHungUp && !isGone)
                observer.OnNext(frame);
        }
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
