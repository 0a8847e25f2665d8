using System.Collections.Immutable;
using RxWormhole.Protocol;

namespace RxWormhole.Testing;

// What links ask of the server.
public sealed partial class VirtualRendezvous
{
    internal void Note(string client, string what) => Transcript.Add(Scheduler.Now - start, client, what);

    internal void Note(VirtualFrame frame)
    {
        if (Transcript.IsKept)
            Transcript.Add(Scheduler.Now - start, frame);
    }

    /// <summary>Shows a frame to whoever watches, once it was taken.</summary>
    internal void Show(VirtualFrame frame)
    {
        if (!traffic.HasObservers)
            return;
        lock (showing)
            traffic.OnNext(frame);
    }

    internal void NoteLost(VirtualFrame frame) => Transcript.AddLost(Scheduler.Now - start, frame);

    /// <summary>Takes a link, unless the server is down.</summary>
    internal bool TryAccept(VirtualLink link)
    {
        lock (gate)
        {
            if (!isUp)
                return false;
            var (connection, deliveries) = server.Connect();
            if (link.TryBegin(connection))
            {
                links.Add(connection, link);
                Send(deliveries);
            }
            else
            {
                server.Disconnect(connection);
            }

            return true;
        }
    }

    internal void Receive(int connection, ReadOnlyMemory<byte> frame)
    {
        lock (gate)
        {
            Prune();
            Span<byte> random = stackalloc byte[MemoryMailboxServer.EntropyLength];
            entropy(random);
            var (deliveries, hangUp) = server.Receive(connection, frame.Span, Scheduler.Now, random);
            Send(deliveries);
            if (hangUp && links.TryGetValue(connection, out var link))
                link.Complete();
        }
    }

    internal void Drop(int connection)
    {
        lock (gate)
        {
            // Until now it was there, which counts as a touch.
            Prune();
            links.Remove(connection);
            server.Disconnect(connection);
        }
    }

    // What goes to several is written once.
    private void Send(ImmutableArray<Delivery> deliveries)
    {
        var (written, frame) = ((ServerMessage?)null, Array.Empty<byte>());
        foreach (var (connection, message) in deliveries)
        {
            if (!links.TryGetValue(connection, out var link))
                continue;
            if (!ReferenceEquals(message, written))
                (written, frame) = (message, MessageCodec.Write(message));
            link.Send(frame);
        }
    }

    // As if there had been a timer, without one, which would never let a virtual clock run empty. Whatever changes something calls this before, so that
    // between two calls nothing happened and the last of the prunings that are due does what all of them would have done.
    private void Prune()
    {
        var due = (Scheduler.Now - pruned).Ticks / Options.PruneEvery.Ticks;
        if (due <= 0)
            return;
        pruned += due * Options.PruneEvery;
        server.Prune(pruned);
    }
}
