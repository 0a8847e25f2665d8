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
    private readonly Wire<Action> toServer;
    private readonly Wire<Action> toClient;
    private readonly SingleAssignmentDisposable outbound = new();
    private int connection;
    private bool isSilent;
    private bool isGone;

    internal VirtualLink(VirtualRendezvous rendezvous, VirtualClient client, IObserver<ReadOnlyMemory<byte>> observer)
    {
        this.rendezvous = rendezvous;
        this.client = client;
        this.observer = observer;
        faults = client.Faults;
        number = client.NextLink();
        toServer = new Wire<Action>(rendezvous.Scheduler, arrive => arrive());
        toClient = new Wire<Action>(rendezvous.Scheduler, arrive => arrive());
    }

    internal string Name => client.Name;

    private TimeSpan Latency => faults.Latency ?? rendezvous.Options.Latency;

    internal IDisposable Dial(IObservable<ReadOnlyMemory<byte>> frames)
    {
        client.Add(this);
        outbound.Disposable = frames.Subscribe(frame => Pass(isFromClient: true, frame));
        toServer.Put(Reach, Latency);
        return Disposable.Create(HangUp);
    }

    /// <summary>Sends a frame to the client.</summary>
    internal void Send(ReadOnlyMemory<byte> frame) => Pass(isFromClient: false, frame);

    /// <summary>The server hangs up after what it sent before.</summary>
    internal void Complete() => toClient.Put(
        () =>
        {
            if (Close("closed by the server"))
                observer.OnCompleted();
        },
        Latency);

    internal void Cut(string why)
    {
        if (Close(why))
            observer.OnError(new LinkException($"the virtual link was {why}"));
    }

    internal void Silence()
    {
        isSilent = true;
        rendezvous.Note(Name, "the link is half-open from here on");
    }

    private void Reach()
    {
        if (isSilent)
            return;
        if (!client.IsPluggedIn || !rendezvous.IsUp)
        {
            if (Close("refused"))
                observer.OnError(new LinkException("the virtual server cannot be reached"));
            return;
        }

        rendezvous.Note(Name, $"link {number}");
        connection = rendezvous.Accept(this);
    }

    private void Pass(bool isFromClient, ReadOnlyMemory<byte> bytes)
    {
        foreach (var frame in faults.Rewrite(new VirtualFrame(Name, number, isFromClient, bytes)))
            Put(isFromClient, frame);
    }

    private void Put(bool isFromClient, VirtualFrame frame) =>
        (isFromClient ? toServer : toClient).Put(() => Arrive(isFromClient, frame), Latency);

    private void Arrive(bool isFromClient, VirtualFrame frame)
    {
        if (isSilent || isGone)
            return;
        rendezvous.Note(frame);
        var count = client.CountFrame();
        if (isFromClient)
            rendezvous.Receive(connection, frame.Bytes);
        else
            observer.OnNext(frame.Bytes);
        if (faults.CutAfter.Contains(count))
            Cut($"cut after frame {count}");
        else if (faults.SilentAfter.Contains(count))
            Silence();
    }

    private void HangUp()
    {
        if (Close("hung up"))
            rendezvous.Note(Name, "hung up");
    }

    private bool Close(string why)
    {
        lock (outbound)
        {
            if (isGone)
                return false;
            isGone = true;
        }

        outbound.Dispose();
        toServer.Cut();
        toClient.Cut();
        client.Remove(this);
        rendezvous.Drop(connection);
        if (why != "hung up")
            rendezvous.Note(Name, $"link {number} {why}");
        return true;
    }
}
