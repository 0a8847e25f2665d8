using Microsoft.Reactive.Testing;
using RxWormhole.Testing;

namespace RxWormhole.Tests;

/// <summary>A test on a virtual clock. NUnit installs a synchronization context for every test; with one an <c>await</c> goes on on another thread.</summary>
public abstract class VirtualTimeFixture
{
    // A wormhole that a test lets go of would be collected in its middle, and hang up.
    private readonly List<Wormhole> kept = [];

    protected TestScheduler Clock { get; private set; } = new();

    protected VirtualRendezvous Rendezvous { get; private set; } = null!;

    [SetUp]
    public void ClearContext()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        kept.Clear();
        Clock = new TestScheduler();
        Rendezvous = new VirtualRendezvous(Clock);
    }

    protected void Advance(double seconds) => Clock.AdvanceBy(TimeSpan.FromSeconds(seconds).Ticks);

    /// <summary>The time since the beginning, rounded to the millisecond, because a virtual clock gives every hop a tick.</summary>
    protected double Now => Math.Round(TimeSpan.FromTicks(Clock.Clock).TotalSeconds, 3);

    protected WormholeOptions Options(string client) => Rendezvous.OptionsFor("example.com/test", client);

    protected Wormhole Create(string client) => Create(Options(client));

    protected Wormhole Create(WormholeOptions options)
    {
        var wormhole = Wormhole.Create(options);
        kept.Add(wormhole);
        return wormhole;
    }

    private protected Recorder<T> Record<T>(IObservable<T> stream) => Record(stream, out _);

    private protected Recorder<T> Record<T>(IObservable<T> stream, out IDisposable subscription)
    {
        var recorder = new Recorder<T>(() => Now);
        subscription = stream.Subscribe(recorder);
        return recorder;
    }

    /// <summary>Two sides that have paired.</summary>
    protected (Wormhole Alice, Wormhole Bob) Paired(Func<WormholeOptions, WormholeOptions>? alice = null, Func<WormholeOptions, WormholeOptions>? bob = null)
    {
        var a = Create((alice ?? (options => options))(Options("alice")));
        var b = Create((bob ?? (options => options))(Options("bob")));
        var code = Record(a.AllocateCode());
        Advance(0.5);
        b.SetCode(code.Values.Single()).Subscribe();
        var verifiers = new[] { Record(a.Verifier), Record(b.Verifier) };
        for (var i = 0; i < 20 && !verifiers.All(each => each.IsOver); i++)
            Advance(0.5);
        Assert.That(verifiers[0].Values, Has.Count.EqualTo(1).And.EqualTo(verifiers[1].Values), () => Rendezvous.Transcript.ToString());
        return (a, b);
    }
}
