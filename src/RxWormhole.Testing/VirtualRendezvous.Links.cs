using System.Collections.Immutable;
using System.Reactive.Concurrency;
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
            var (connection, deliveries) = server.Connect(link.MayRepeat);
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
            if (disk is not null)
            {
                disk.Answer(connection, deliveries, hangUp);
                return;
            }

            Send(deliveries);
            if (hangUp)
                HangUp(connection);
        }
    }

    /// <summary>A connection has said everything: it is ended behind what it is answered.</summary>
    internal void Finish(int connection)
    {
        lock (gate)
        {
            if (disk is not null)
                disk.HangUp(connection);
            else
                HangUp(connection);
        }
    }

    /// <summary>The server is done with a connection whose answer is on its way.</summary>
    internal void Leave(int connection)
    {
        lock (gate)
        {
            Prune();
            server.Disconnect(connection);
        }
    }

    /// <summary>Has something happen in a while, between two frames.</summary>
    internal void Later(TimeSpan wait, Action action) => Scheduler.Schedule(wait, () =>
    {
        lock (gate)
            action();
    });

    internal IReadOnlyDictionary<string, MemoryMailboxes> CopyData() => server.Copy();

    internal void RestoreData(IReadOnlyDictionary<string, MemoryMailboxes> stored) => server.Restore(stored);

    /// <summary>Ends a connection behind what was sent over it.</summary>
    internal void HangUp(int connection)
    {
        if (links.TryGetValue(connection, out var link))
            link.Complete();
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

    internal void Send(ImmutableArray<Delivery> deliveries)
    {
        var written = default((ServerMessage?, byte[]));
        foreach (var delivery in deliveries)
            Send(delivery, ref written);
    }

    /// <summary>Sends a message; what goes to several is written once.</summary>
    internal void Send(Delivery delivery, ref (ServerMessage? Message, byte[] Frame) written)
    {
        if (!links.TryGetValue(delivery.Connection, out var link))
            return;
        if (!ReferenceEquals(delivery.Message, written.Message))
            written = (delivery.Message, frames.Of(delivery.Message));
        link.Send(written.Frame);
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
