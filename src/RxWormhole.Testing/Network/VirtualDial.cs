namespace RxWormhole.Testing;

/// <summary>An attempt to connect to a virtual host.</summary>
internal sealed class VirtualDial(VirtualNetwork network, VirtualHost from, IObserver<ITransitConnection> observer) : IDisposable
{
    private readonly Lock gate = new();
    private VirtualLine? line;
    private bool isGivenUp;
    private bool isOver;

    internal void Begin(string hostname, int port)
    {
        var target = network.Find(from, hostname);
        if (target is not { } found)
        {
            Later(() => Refuse($"there is no host '{hostname}'"));
            return;
        }

        if (from.Faults.Outbound == Reach.Dropped)
            return;
        if (from.Faults.Outbound == Reach.Refused)
        {
            Later(() => Refuse("the network cannot be reached"));
            return;
        }

        line = new VirtualLine(network, from, found.Host, from.Address(found.IsIPv6, network.NextPort()), VirtualNetwork.Address(found.Address, port));
        line.Forth.Put(() => Reached(found.Host, port));
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (isOver)
                return;
            isGivenUp = true;
        }

        line?.Near.Dispose();
    }

    private void Reached(VirtualHost host, int port)
    {
        if (host.Faults.Inbound == Reach.Dropped || !host.IsPluggedIn)
            return;
        host.Add(line!.Far);
        if (host.Faults.Inbound == Reach.Open && !isGivenUp && host.TryAccept(port, line.Far))
        {
            line.Back.Put(Connected);
            return;
        }

        line.Far.Dispose();
        line.Back.Put(() => Refuse("the connection was refused"));
    }

    private void Connected()
    {
        lock (gate)
        {
            if (isGivenUp || !from.IsPluggedIn)
                return;
            isOver = true;
            from.Add(line!.Near);
        }

        observer.OnNext(line.Near);
        observer.OnCompleted();
    }

    private void Refuse(string why)
    {
        lock (gate)
        {
            if (isGivenUp)
                return;
            isOver = true;
        }

        observer.OnError(new IOException(why));
    }

    private void Later(Action action) => new Wire(network.Scheduler, from.Faults.Latency ?? network.Options.Latency, from.Cable).Put(action);
}
