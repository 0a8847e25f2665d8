using System.Reactive.Linq;

namespace RxWormhole.Interop.Tests;

/// <summary>Real links, of which one is cut after a number of frames from the server, counted over all of them.</summary>
internal sealed class CuttingConnector(IRendezvousConnector inner, int frames) : IRendezvousConnector
{
    private int seen;

    internal bool HasCut => seen >= frames;

    public IObservable<ReadOnlyMemory<byte>> Connect(Uri server, IObservable<ReadOnlyMemory<byte>> outbound) =>
        inner.Connect(server, outbound).SelectMany(frame => Interlocked.Increment(ref seen) == frames
            ? Observable.Return(frame).Concat(Observable.Throw<ReadOnlyMemory<byte>>(new LinkException("cut by the test")))
            : Observable.Return(frame));
}
