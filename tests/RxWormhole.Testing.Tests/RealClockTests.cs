using System.Reactive.Concurrency;

namespace RxWormhole.Testing.Tests;

/// <summary>On the thread pool, where everything comes from several threads at once. Nothing sleeps; what is waited for has an end.</summary>
public sealed class RealClockTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public async Task ManySessionsAtOnce_AreAllServed()
    {
        var rendezvous = new VirtualRendezvous(DefaultScheduler.Instance, new VirtualRendezvousOptions { Latency = TimeSpan.FromMilliseconds(1) });
        using var over = new CancellationTokenSource();
        var watching = Task.Run(() => Watch(rendezvous, over.Token));
        var talks = Enumerable.Range(0, 12).Select(i => Task.Run(() => Talk.Between(rendezvous, $"alice {i}", $"bob {i}"))).ToArray();
        var heard = await Task.WhenAll(talks).WaitAsync(Patience);
        await over.CancelAsync();
        await watching;
        Assert.That(heard.Select((each, i) => (each, i)), Has.All.Matches<(string[] Heard, int I)>(each =>
            each.Heard[0] == $"of bob {each.I}" && each.Heard[1] == $"of alice {each.I}"));
        Assert.That(() => rendezvous.LeftBehind, Is.Empty.After((int)Patience.TotalMilliseconds, 1), () => rendezvous.Transcript.ToString());
    }

    [Test]
    public void LinksCutFromOtherThreads_NotificationsNeitherOverlapNorFollowTheEnd()
    {
        var rendezvous = new VirtualRendezvous(DefaultScheduler.Instance, new VirtualRendezvousOptions { Latency = TimeSpan.FromTicks(1) });
        var links = new RawLink[300];
        Parallel.For(0, links.Length, i =>
        {
            var client = $"client {i}";
            var link = links[i] = new RawLink(rendezvous, DefaultScheduler.Instance, client);
            link.Ping([.. Enumerable.Range(0, 50)]);
            if (i % 3 == 0)
                SpinWait.SpinUntil(() => link.HasReceived || link.IsOver, Patience);
            if (i % 2 == 0)
                rendezvous.Client(client).Cut();
            else
                link.Dispose();
        });

        Assert.That(links.SelectMany(link => link.Offences), Is.Empty);
        Assert.That(links.Where((link, i) => i % 2 == 0).Select(link => link.Error), Has.All.TypeOf<LinkException>());
        Assert.That(() => rendezvous.LeftBehind, Is.Empty.After((int)Patience.TotalMilliseconds, 1));
    }

    [Test]
    public void FramesOnARealClock_KeepTheirOrder()
    {
        var rendezvous = new VirtualRendezvous(DefaultScheduler.Instance, new VirtualRendezvousOptions { Latency = TimeSpan.FromTicks(1) });
        using var link = new RawLink(rendezvous, DefaultScheduler.Instance);
        for (var i = 0; i < 500; i++)
            link.Ping(i);
        Assert.That(() => rendezvous.Transcript.To("alice").Count(), Is.EqualTo(1001).After((int)Patience.TotalMilliseconds, 1));
        var expected = Enumerable.Range(0, 500).Select(i => $"← pong {i}");
        Assert.That(rendezvous.Transcript.Entries.Select(entry => entry.What).Where(what => what.StartsWith("← pong", StringComparison.Ordinal)), Is.EqualTo(expected));
    }

    // What a test may look at while sessions run.
    private static void Watch(VirtualRendezvous rendezvous, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            _ = rendezvous.Transcript.ToString();
            _ = rendezvous.LeftBehind;
            _ = rendezvous.Client("alice 0").LinksOpen + rendezvous.Client("alice 0").Frames;
            rendezvous.Welcome = rendezvous.Welcome with { Motd = "changed" };
        }
    }
}
