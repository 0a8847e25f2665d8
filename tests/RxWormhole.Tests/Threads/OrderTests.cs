using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole.Tests.Threads;

/// <summary>In order, one at a time, for each subscription; whoever calls from wherever.</summary>
public sealed class OrderTests : RealTimeFixture
{
    [Test]
    public void EachSubscription_GetsItsItemsInOrderAndOneAtATime()
    {
        const int Count = 300;
        var (a, b) = Paired();
        var subscribers = Enumerable.Range(0, 8).Select(i => new Subscriber(i)).ToArray();
        var subscriptions = subscribers.Select(each => a.Messages.Subscribe(each.OnNext)).ToArray();
        for (var i = 0; i < Count; i++)
            b.Send($"{i}");
        foreach (var each in subscribers)
        {
            Until(() => each.Count == Count, $"a subscription stops at {each.Count}");
            Assert.That(each.Seen, Is.EqualTo(Enumerable.Range(0, Count)));
            Assert.That(each.Overlaps, Is.Zero);
        }

        foreach (var subscription in subscriptions)
            subscription.Dispose();
    }

    [Test]
    public void TwoThreadsSendAtOnce_NumbersAreUniqueAndEachThreadKeepsItsOrder()
    {
        const int Count = 200;
        var (a, b) = Paired();
        using var start = new Barrier(2);
        var sent = new IObservable<int>[2][];
        var threads = Enumerable.Range(0, 2).Select(thread => Task.Run(() =>
        {
            start.SignalAndWait();
            sent[thread] = [.. Enumerable.Range(0, Count).Select(i => a.Send($"{thread} {i}"))];
        })).ToArray();
        Soon(Task.WhenAll(threads));
        var numbers = sent.Select(each => each.Select(Soon).ToArray()).ToArray();
        var received = Soon(b.Messages.Take(2 * Count).ToList());
        Assert.Multiple(() =>
        {
            Assert.That(numbers.SelectMany(each => each).Order(), Is.EqualTo(Enumerable.Range(0, 2 * Count)));
            foreach (var thread in new[] { 0, 1 })
            {
                Assert.That(numbers[thread], Is.Ordered);
                Assert.That(numbers[thread].Select(number => received[number].Text), Is.EqualTo(Enumerable.Range(0, Count).Select(i => $"{thread} {i}")));
            }
        });
    }

    [Test]
    public void ManyThreadsCallEverythingWhileItCloses_EveryVerbAnswers()
    {
        for (var round = 0; round < 10; round++)
        {
            StartServer();
            var (a, b) = Paired();
            using var start = new Barrier(4);
            var calls = new Func<IObservable<object>>[]
            {
                () => a.Send("x").Select(number => (object)number),
                () => a.Receive().Select(message => (object)message),
                () => a.DeriveKey("p", 8).Select(key => (object)key),
                () => a.Close().Select(closed => (object)closed),
            };
            var answers = calls.Select(call => Task.Run(() =>
            {
                start.SignalAndWait();
                return Soon(Observable.Range(0, 20).SelectMany(_ => call().Catch<object, WormholeClosedException>(Observable.Return<object>)).ToList()).Count;
            })).ToArray();
            Soon(Task.WhenAll(answers));
            Assert.That(answers.Select(answer => answer.Result), Is.All.EqualTo(20));
            Assert.That(Soon(a.Close()), Is.EqualTo(new CloseResult(Mood.Happy, true)));
            b.Dispose();
        }
    }

    private sealed class Subscriber(int pace)
    {
        private int inside;

        internal List<int> Seen { get; } = [];

        internal int Overlaps { get; private set; }

        internal int Count
        {
            get
            {
                lock (Seen)
                    return Seen.Count;
            }
        }

        internal void OnNext(WormholeMessage message)
        {
            if (Interlocked.Increment(ref inside) != 1)
                Overlaps++;
            Thread.SpinWait(pace * 500);
            lock (Seen)
                Seen.Add(message.Index);
            Interlocked.Decrement(ref inside);
        }
    }
}
