using System.Reactive.Linq;

namespace RxWormhole.Benchmarks;

/// <summary>A paired session in push mode through which many messages go, one after the other.</summary>
internal sealed class MessageRun : IDisposable
{
    private readonly TwoSides sides = new TwoSides(LinkMode.Push).Pair(TimeSpan.FromSeconds(1));
    private readonly byte[] message;

    internal MessageRun(int bytes) => message = new byte[bytes];

    /// <summary>Sends messages one way; each is there before the next one goes.</summary>
    internal void Send(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var done = 0;
            sides.Alice.Send(message).Subscribe(_ => done++);
            sides.Bob.Receive().Subscribe(_ => done++);
            sides.AdvanceUntil(() => done == 2, TimeSpan.FromMilliseconds(30), TimeSpan.FromSeconds(1));
        }
    }

    public void Dispose() => sides.Dispose();
}
