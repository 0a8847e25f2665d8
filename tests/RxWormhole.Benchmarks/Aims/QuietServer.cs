using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole.Benchmarks.Aims;

/// <summary>A server that keeps no transcript and can forget what it holds, so that what is left in memory is the sessions'.</summary>
internal sealed class QuietServer(IScheduler scheduler) : IRendezvousConnector
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(5);

    private readonly MemoryMailboxServer server = new(new WelcomeInfo(), KeepPolicy.Reference);
    private readonly SortedDictionary<int, IObserver<ReadOnlyMemory<byte>>> links = [];
    private readonly byte[] entropy = new byte[MemoryMailboxServer.EntropyLength];

    public IObservable<ReadOnlyMemory<byte>> Connect(Uri address, IObservable<ReadOnlyMemory<byte>> outbound) =>
        Observable.Create<ReadOnlyMemory<byte>>(observer =>
        {
            var (connection, welcome) = server.Connect();
            links.Add(connection, observer);
            Send(welcome);
            return StableCompositeDisposable.Create(
                outbound.Subscribe(frame => scheduler.Schedule(Latency, () => Receive(connection, frame))),
                Disposable.Create(() => Drop(connection)));
        });

    internal void Forget() => server.Forget();

    private void Receive(int connection, ReadOnlyMemory<byte> frame)
    {
        Random.Shared.NextBytes(entropy);
        Send(server.Receive(connection, frame.Span, scheduler.Now, entropy).Deliveries);
    }

    private void Drop(int connection)
    {
        links.Remove(connection);
        server.Disconnect(connection);
    }

    private void Send(IEnumerable<Delivery> deliveries)
    {
        foreach (var (connection, message) in deliveries)
        {
            var frame = MessageCodec.Write(message);
            scheduler.Schedule(Latency, () =>
            {
                if (links.TryGetValue(connection, out var link))
                    link.OnNext(frame);
            });
        }
    }
}
