using System.Reactive.Linq;

namespace RxWormhole.Tests.Threads;

/// <summary>User code may block, throw or call back without stopping the link.</summary>
public sealed class BlockingTests : RealTimeFixture
{
    [Test]
    public void AwaitThenBlockForSeconds_LinkStaysAlive()
    {
        var (a, b) = Paired();
        var (received, whileBlocked) = (0, 0);
        using var counting = b.Messages.Subscribe(_ => Interlocked.Increment(ref received));
        var flow = Task.Run(async () =>
        {
            await a.Verifier;
            var sent = Enumerable.Range(0, 10).Select(i => a.Send($"{i}")).ToArray();

            // The continuation holds the thread that delivered to it.
            Thread.Sleep(TimeSpan.FromSeconds(2));
            whileBlocked = Volatile.Read(ref received);
            return sent.Length;
        });
        Soon(flow);
        Assert.That(whileBlocked, Is.EqualTo(10));
        Assert.That(Rendezvous.Client("alice").LinksMade, Is.EqualTo(1));
        Assert.That(Soon(a.Close()).Acknowledged, Is.True);
    }

    [Test]
    public void AwaitThenWait_DoesNotDeadlock()
    {
        var (a, b) = (Create("alice"), Create("bob"));
        async Task<string> Flow(Wormhole w, IObservable<string> code, string mine)
        {
            await code;
            await w.Verifier;
            w.Send(mine).Wait();
            var theirs = w.Receive().Wait().Text;
            await w.Versions;
            return w.CloseWith(theirs).Wait();
        }

        var alices = Flow(a, a.AllocateCode(), "from alice");
        var bobs = Flow(b, a.Code.SelectMany(code => b.SetCode(code)), "from bob");
        Soon(Task.WhenAll(alices, bobs));
        Assert.That(new[] { alices.Result, bobs.Result }, Is.EqualTo(new[] { "from bob", "from alice" }));
    }

    [Test]
    public void ObserverThatNeverReturns_StopsNobodyElse()
    {
        var (a, b) = Paired();
        using var release = new ManualResetEventSlim();
        using var entered = new CountdownEvent(3);
        void Block()
        {
            entered.Signal();
            release.Wait();
        }

        using var one = a.Messages.Subscribe(_ => Block());
        using var two = a.Status.Subscribe(_ => Block());
        using var three = a.Verifier.Subscribe(_ => Block());
        Soon(b.Send("0"));
        Assert.That(entered.Wait(TimeSpan.FromSeconds(30)), Is.True);
        Assert.That(Soon(a.Receive()).Text, Is.EqualTo("0"));
        Assert.That(Soon(a.Send("back")), Is.Zero);
        Assert.That(Soon(b.Receive()).Text, Is.EqualTo("back"));
        Assert.That(Soon(a.Close()).Acknowledged, Is.True);
        release.Set();
    }

    [Test]
    public void ObserverThatCallsBack_IsServedFromInsideItsCallback()
    {
        var (a, b) = Paired();
        var answers = new List<string>();
        using var echo = a.Messages.Subscribe(message =>
        {
            // Everything a callback may think of, and each waits for the link.
            a.Send($"re {message.Text}").Wait();
            a.Status.Take(1).Wait();
            answers.Add(a.Receive().Wait().Text);
            a.DeriveKey("p", 8).Wait();
        });
        foreach (var text in new[] { "0", "1", "2" })
            b.Send(text);
        var back = Soon(b.Messages.Take(3).ToList());
        Assert.That(back.Select(message => message.Text), Is.EqualTo(new[] { "re 0", "re 1", "re 2" }));
        Until(() => answers.Count == 3, "the last callback returns");
    }

    [Test]
    public void ObserverThatClosesAndDisposesFromInside_DoesNotDeadlock()
    {
        var (a, b) = Paired();
        var closed = new TaskCompletionSource<CloseResult>();
        using var last = a.Messages.Subscribe(_ =>
        {
            closed.SetResult(a.Close().Wait());
            a.Dispose();
        });
        b.Send("the last word");
        Soon(closed.Task);
        Assert.That(closed.Task.Result.Acknowledged, Is.True);
    }

    [Test]
    public void ObserverThatThrows_EndsItsOwnSubscriptionOnly()
    {
        var (a, b) = Paired();
        var throwing = 0;
        using var one = a.Messages.Subscribe(_ =>
        {
            throwing++;
            throw new InvalidOperationException("mine");
        });
        var all = a.Messages.Take(3).ToList();
        foreach (var text in new[] { "0", "1", "2" })
            Soon(b.Send(text));
        Assert.That(Soon(all), Has.Count.EqualTo(3));
        Assert.That(throwing, Is.EqualTo(1));
        Assert.That(Soon(a.Close()).Acknowledged, Is.True);
    }
}
