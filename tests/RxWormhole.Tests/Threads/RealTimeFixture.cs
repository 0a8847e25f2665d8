using System.Reactive.Concurrency;
using System.Reactive.Linq;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Threads;

/// <summary>A test on the real scheduler, where threads are what is tested. Waits for conditions, and fails rather than hangs.</summary>
public abstract class RealTimeFixture
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly List<Wormhole> made = [];

    protected VirtualRendezvous Rendezvous { get; private set; } = null!;

    [SetUp]
    public void StartServer() => Rendezvous = new VirtualRendezvous(DefaultScheduler.Instance);

    [TearDown]
    public void HangUp()
    {
        foreach (var wormhole in made)
            wormhole.Dispose();
        made.Clear();
    }

    protected Wormhole Create(string client, Func<WormholeOptions, WormholeOptions>? options = null)
    {
        var wormhole = Wormhole.Create((options ?? (usual => usual))(Rendezvous.OptionsFor("example.com/threads", client)));
        made.Add(wormhole);
        return wormhole;
    }

    protected (Wormhole Alice, Wormhole Bob) Paired()
    {
        var (a, b) = (Create("alice"), Create("bob"));
        Soon(b.SetCode(Soon(a.AllocateCode())));
        Assert.That(Soon(a.Verifier), Is.EqualTo(Soon(b.Verifier)));
        return (a, b);
    }

    /// <summary>Blocks for the stream's last value.</summary>
    protected static T Soon<T>(IObservable<T> stream) => stream.Timeout(Patience).Wait();

    protected static void Soon(Task task) => Assert.That(task.Wait(Patience), Is.True, "it hangs");

    protected static void Until(Func<bool> holds, string what) => Assert.That(SpinWait.SpinUntil(holds, Patience), Is.True, what);
}
