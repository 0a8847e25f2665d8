using System.Reactive.Disposables;
using System.Reactive.Linq;

namespace RxWormhole.Testing;

/// <summary>A port of a virtual host on which somebody listens.</summary>
internal sealed class VirtualPort : IDisposable
{
    private readonly Lock gate = new();
    private readonly Queue<VirtualSocket> waiting = new();
    private IObserver<ITransitConnection>? taker;
    private bool isClosed;

    /// <summary>What is accepted; connections wait for the first subscription.</summary>
    internal IObservable<ITransitConnection> Connections => Observable.Create<ITransitConnection>(observer =>
    {
        lock (gate)
            taker = observer;
        Serve();
        return Disposable.Create(() =>
        {
            lock (gate)
                taker = taker == observer ? null : taker;
        });
    });

    internal bool TryAccept(VirtualSocket socket)
    {
        lock (gate)
        {
            if (isClosed)
                return false;
            waiting.Enqueue(socket);
        }

        Serve();
        return true;
    }

    public void Dispose()
    {
        VirtualSocket[] left;
        lock (gate)
        {
            isClosed = true;
            left = [.. waiting];
            waiting.Clear();
        }

        foreach (var socket in left)
            socket.Dispose();
    }

    private void Serve()
    {
        while (true)
        {
            VirtualSocket? next;
            IObserver<ITransitConnection>? to;
            lock (gate)
            {
                to = taker;
                if (to is null || !waiting.TryDequeue(out next))
                    return;
            }

            to.OnNext(next);
        }
    }
}
