using Microsoft.Reactive.Testing;
using RxWormhole.Testing;

namespace RxWormhole.Tests;

/// <summary>A test on a virtual clock. NUnit installs a synchronization context for every test; with one an <c>await</c> goes on on another thread.</summary>
public abstract class VirtualTimeFixture
{
    protected TestScheduler Clock { get; private set; } = new();

    protected VirtualRendezvous Rendezvous { get; private set; } = null!;

    [SetUp]
    public void ClearContext()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        Clock = new TestScheduler();
        Rendezvous = new VirtualRendezvous(Clock);
    }

    protected void Advance(double seconds) => Clock.AdvanceBy(TimeSpan.FromSeconds(seconds).Ticks);

    /// <summary>The time since the beginning, rounded to the millisecond, because a virtual clock gives every hop a tick.</summary>
    protected double Now => Math.Round(TimeSpan.FromTicks(Clock.Clock).TotalSeconds, 3);

    protected WormholeOptions Options(string client) => Rendezvous.OptionsFor("example.com/test", client);

    protected Wormhole Create(string client) => Wormhole.Create(Options(client));
}
