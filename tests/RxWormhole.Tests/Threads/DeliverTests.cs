using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Reactive.Subjects;

namespace RxWormhole.Tests.Threads;

/// <summary>The operator at the edge, under the interleavings that a thread pool allows.</summary>
public sealed class DeliverTests
{
    [Test]
    public void ItemThatRanBeforeItsSchedulingReturned_DoesNotStopTheNext()
    {
        // The pool may run an item, and take the next one in, before the thread that scheduled the first goes on.
        var scheduler = new HastyScheduler();
        using var source = new Subject<int>();
        var seen = new List<int>();
        using var subscription = source.Deliver(new Edge(scheduler, _ => { }), null).Subscribe(value =>
        {
            seen.Add(value);
            if (value < 2)
                source.OnNext(value + 1);
        });
        source.OnNext(0);
        scheduler.RunAll();
        Assert.That(seen, Is.EqualTo(new[] { 0, 1, 2 }));
    }

    [Test]
    public void ValuesFromManyThreads_AreAllDelivered()
    {
        const int Count = 20_000;
        var seen = 0;
        using var source = new Subject<int>();
        var pushed = Subject.Synchronize(source);
        using var subscription = source.Deliver(new Edge(DefaultScheduler.Instance, _ => { }), null).Subscribe(_ => Interlocked.Increment(ref seen));
        var threads = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Count; i++)
                pushed.OnNext(i);
        })).ToArray();
        Task.WaitAll(threads);
        Assert.That(SpinWait.SpinUntil(() => Volatile.Read(ref seen) == 2 * Count, TimeSpan.FromSeconds(30)), Is.True, $"stopped at {seen}");
    }

    [Test]
    public void SubscriptionThatIsLeft_GetsNothingMore()
    {
        var scheduler = new HistoricalScheduler();
        using var source = new Subject<int>();
        var seen = new List<int>();
        var subscription = source.Deliver(new Edge(scheduler, _ => { }), null).Subscribe(seen.Add);
        source.OnNext(0);
        scheduler.AdvanceBy(TimeSpan.FromSeconds(1));
        source.OnNext(1);
        subscription.Dispose();
        source.OnNext(2);
        scheduler.AdvanceBy(TimeSpan.FromSeconds(1));
        Assert.That(seen, Is.EqualTo(new[] { 0 }));
        Assert.That(source.HasObservers, Is.False);
    }

    [Test]
    public void ObserverThatLeavesInItsOwnCallback_GetsNothingMore()
    {
        var scheduler = new HistoricalScheduler();
        var seen = new List<int>();
        using var subscription = new SerialDisposable();
        subscription.Disposable = Observable.Range(0, 5).Deliver(new Edge(scheduler, _ => { }), null).Subscribe(value =>
        {
            seen.Add(value);
            if (value == 1)
                subscription.Dispose();
        });
        scheduler.AdvanceBy(TimeSpan.FromSeconds(1));
        Assert.That(seen, Is.EqualTo(new[] { 0, 1 }));
    }

    [Test]
    public void EachValue_IsAnItemOfItsOwnAndTheCompletionGoesAlongWithTheLast()
    {
        var scheduler = new CountingScheduler();
        var seen = new List<string>();
        using var subscription = Observable.Range(0, 3).Deliver(new Edge(scheduler, _ => { }), null)
            .Subscribe(value => seen.Add($"{value} in {scheduler.Items}"), () => seen.Add($"end in {scheduler.Items}"));
        Assert.That(seen, Is.Empty, "nothing inside of the subscription");
        scheduler.RunAll();
        Assert.That(seen, Is.EqualTo(new[] { "0 in 1", "1 in 2", "2 in 3", "end in 3" }));
    }

    [Test]
    public void ObserverThatIsSlow_GetsTheLatestOnlyAndTheLastAlways()
    {
        var scheduler = new CountingScheduler();
        using var source = new Subject<int>();
        var seen = new List<string>();
        using var subscription = source.DeliverLatest(new Edge(scheduler, _ => { }), null).Subscribe(
            value =>
            {
                seen.Add($"{value}");
                for (var i = 1; value == 2 && i <= 5; i++)
                    source.OnNext(10 + i);
                if (value == 2)
                    source.OnCompleted();
            },
            () => seen.Add("end"));
        source.OnNext(1);
        source.OnNext(2);
        scheduler.RunAll();
        Assert.That(seen, Is.EqualTo(new[] { "2", "15", "end" }));
    }

    [Test]
    public void FailureBehindAValueThatWaits_DoesNotTakeItsPlace()
    {
        var scheduler = new CountingScheduler();
        using var source = new Subject<int>();
        var seen = new List<string>();
        using var subscription = source.DeliverLatest(new Edge(scheduler, _ => { }), null)
            .Subscribe(value => seen.Add($"{value}"), error => seen.Add(error.Message));
        source.OnNext(1);
        source.OnError(new IOException("lost"));
        scheduler.RunAll();
        Assert.That(seen, Is.EqualTo(new[] { "1", "lost" }));
    }

    /// <summary>Runs what is scheduled from outside before it returns, and what is scheduled from an item when told to.</summary>
    private sealed class HastyScheduler : ItemScheduler
    {
        private bool isInside;

        public override IDisposable Schedule(Action item)
        {
            if (isInside)
                return Later(item);
            isInside = true;
            item();
            isInside = false;
            return Disposable.Empty;
        }
    }

    private sealed class CountingScheduler : ItemScheduler
    {
        public override IDisposable Schedule(Action item) => Later(item);
    }
}
