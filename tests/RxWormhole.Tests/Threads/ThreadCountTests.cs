using System.Reactive.Linq;

namespace RxWormhole.Tests.Threads;

/// <summary>Sessions and subscriptions own no threads.</summary>
public sealed class ThreadCountTests : RealTimeFixture
{
    private static int Threads => System.Diagnostics.Process.GetCurrentProcess().Threads.Count;

    [Test]
    public void IdleSession_OwnsNoThread()
    {
        // What the pool starts for the first session it keeps for the others.
        Idle(0);
        var before = Threads;
        for (var i = 1; i <= 50; i++)
            Idle(i);
        Until(() => Threads < before + 10, $"{Threads} threads after 50 sessions, {before} before");
    }

    [Test]
    public void FiftySubscribers_StartNoThreads()
    {
        var (a, b) = Paired();
        var before = Threads;
        var received = 0;
        var subscriptions = Enumerable.Range(0, 50)
            .SelectMany(_ => new[] { a.Messages.Subscribe(_ => Interlocked.Increment(ref received)), a.Status.Subscribe(), a.Receive().Subscribe(_ => { }, _ => { }) })
            .ToArray();
        Soon(b.Send("0"));
        Until(() => Volatile.Read(ref received) == 50, "all are served");
        Until(() => Threads < before + 10, $"{Threads} threads with 150 subscriptions, {before} before");
        foreach (var subscription in subscriptions)
            subscription.Dispose();
    }

    private void Idle(int number)
    {
        var wormhole = Create($"client {number}");
        Soon(wormhole.AllocateCode());
        Until(() => Rendezvous.Client($"client {number}").LinksOpen == 1, "it waits for its peer");
    }
}
