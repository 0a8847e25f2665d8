using System.Reactive.Disposables;

namespace RxWormhole.Testing;

/// <summary>The links of one life of a process: what arrives finds nobody once it is over.</summary>
/// <param name="life">The life.</param>
/// <param name="connector">How links are made.</param>
/// <param name="isAsking">Whether a link asks for news by itself, as one over HTTP does, so that it has to be disposed of for it to end.</param>
internal sealed class LifeConnector(ProcessLife life, IRendezvousConnector connector, bool isAsking) : IRendezvousConnector
{
    public IObservable<ReadOnlyMemory<byte>> Connect(Uri server, IObservable<ReadOnlyMemory<byte>> outbound) =>
        new Link(life, connector.Connect(server, outbound), isAsking);

    private sealed class Link(ProcessLife life, IObservable<ReadOnlyMemory<byte>> frames, bool isAsking) : IObservable<ReadOnlyMemory<byte>>
    {
        public IDisposable Subscribe(IObserver<ReadOnlyMemory<byte>> observer)
        {
            if (!life.IsAlive)
                return Disposable.Empty;
            var link = frames.Subscribe(new Living(life, observer));
            if (isAsking)
                life.Hold(link);
            else
                life.HoldLink(link);
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
