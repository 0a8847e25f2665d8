using System.Reactive.Disposables;

namespace RxWormhole.Testing;

/// <summary>The links of one life of a process: what arrives finds nobody once it is over.</summary>
internal sealed class LifeConnector(ProcessLife life, IRendezvousConnector connector) : IRendezvousConnector
{
    public IObservable<ReadOnlyMemory<byte>> Connect(Uri server, IObservable<ReadOnlyMemory<byte>> outbound) =>
        new Link(life, connector.Connect(server, outbound));

    private sealed class Link(ProcessLife life, IObservable<ReadOnlyMemory<byte>> frames) : IObservable<ReadOnlyMemory<byte>>
    {
        // A link that only asks now and then does not notice a cut: it ends with the life.
        public IDisposable Subscribe(IObserver<ReadOnlyMemory<byte>> observer)
        {
            var link = frames.Subscribe(new Living(life, observer));
            life.Hold(link);
            return Disposable.Create((life, link), static state => state.life.Drop(state.link));
        }
    }

    private sealed class Living(ProcessLife life, IObserver<ReadOnlyMemory<byte>> observer) : IObserver<ReadOnlyMemory<byte>>
    {
        public void OnNext(ReadOnlyMemory<byte> value)
        {
            if (life.IsAlive)
                observer.OnNext(value);
        }

        public void OnError(Exception error)
        {
            if (life.IsAlive)
                observer.OnError(error);
        }

        public void OnCompleted()
        {
            if (life.IsAlive)
                observer.OnCompleted();
        }
    }
}
