using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Text.Json.Nodes;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Permissions;

/// <summary>A server that wants work before it serves anybody.</summary>
public sealed class HashcashSessionTests : VirtualTimeFixture
{
    private const string Resource = "mailbox.example.com";

    [TestCase(LinkMode.Push)]
    [TestCase(LinkMode.Poll)]
    public void WorkIsAskedFor_StampIsShownBeforeBindOnEveryLink(LinkMode mode)
    {
        Ask(bits: 10);
        using var alice = Wormhole.Create(Options("alice") with { Mode = mode });
        var code = Record(alice.AllocateCode());
        Advance(2);
        if (mode == LinkMode.Push)
            Rendezvous.Client("alice").Cut();
        Advance(10);
        Assert.That(code.Values, Has.Count.EqualTo(1), () => Rendezvous.Transcript.ToString());
        Assert.That(Rendezvous.Client("alice").LinksMade, Is.GreaterThan(1));

        var sent = Rendezvous.Transcript.From("alice").GroupBy(frame => frame.Link).ToArray();
        foreach (var link in sent)
        {
            Assert.That(link.Take(2).Select(frame => frame.Type), Is.EqualTo(new[] { "submit-permissions", "bind" }));
            var shown = JsonNode.Parse(link.First().Text)!;
            Assert.That((string)shown["method"]!, Is.EqualTo("hashcash"));
            Assert.That(Hashcash.Check((string)shown["stamp"]!, 10, Resource), Is.True);
        }

        Assert.That(sent.Select(link => link.First().Text), Is.Unique, "a stamp is shown once");
    }

    [Test]
    public void TheServerTakesAnybody_NothingIsShown()
    {
        Rendezvous.Welcome = new WelcomeInfo { Permission = new PermissionRequired { None = true, Hashcash = new HashcashRequest(10, Resource), Methods = ["none", "hashcash"] } };
        var code = Record(Create("alice").AllocateCode());
        Advance(1);
        Assert.That(code.Values, Has.Count.EqualTo(1));
        Assert.That(Rendezvous.Transcript.From("alice").First().Type, Is.EqualTo("bind"));
    }

    [Test]
    public void UnknownMethodsOnly_EndWithTheirNames()
    {
        Rendezvous.Welcome = new WelcomeInfo { Permission = new PermissionRequired { Methods = ["proof-of-tea", "invitation"] } };
        var failed = (ServerException)Failure(Create("alice"))!;
        Assert.That(failed.Fault, Is.EqualTo(ServerFault.Refused));
        Assert.That(failed.Mood, Is.EqualTo(Mood.Unwelcome));
        Assert.That(failed.Message, Does.Contain("proof-of-tea").And.Contain("invitation").And.Contain("another server"));
        Assert.That(Rendezvous.Transcript.From("alice"), Is.Empty, "a server that does not welcome us learns nothing");
    }

    [Test]
    public void MoreWorkThanTheBound_IsRefused()
    {
        Ask(bits: 25);
        var failed = (ServerException)Failure(Create("alice"))!;
        Assert.That(failed.Message, Does.Contain("25 bits").And.Contain("WormholeBounds.HashcashBits"));
        Assert.That(Rendezvous.Transcript.From("alice"), Is.Empty);
    }

    [TestCase("""{"bits": 6.5, "resource": "r"}""")]
    [TestCase("""{"bits": -1, "resource": "r"}""")]
    [TestCase("""{"bits": 161, "resource": "r"}""")]
    [TestCase("""{"bits": 6, "resource": "a:b"}""")]
    [TestCase("""{"bits": 6}""")]
    [TestCase("""17""")]
    public void MalformedRequest_CountsAsNotOffered(string request)
    {
        Rendezvous.Client("alice").Faults = LinkFaults.None.Changing(
            frame => frame.Type == "welcome", _ => """{"type": "welcome", "welcome": {"permission-required": {"none": null, "hashcash": REQUEST}}}""".Replace("REQUEST", request, StringComparison.Ordinal));
        Assert.That(Failure(Create("alice")), Is.InstanceOf<ServerException>().With.Property("Fault").EqualTo(ServerFault.Refused));
    }

    [Test]
    public void LongWork_LetsOthersGoOnBetweenTwoSlices()
    {
        var ticks = 0;
        Ask(bits: 18);
        using var everyMoment = Observable.Interval(TimeSpan.FromTicks(1), Clock).Subscribe(_ => ticks++);
        var code = Record(Create("alice").AllocateCode());
        Clock.AdvanceBy(TimeSpan.FromMilliseconds(100).Ticks);
        Assert.That(code.Values, Has.Count.EqualTo(1), () => Rendezvous.Transcript.ToString());
        var bound = Clock.Clock - Rendezvous.Options.Latency.Ticks * 12;
        Assert.That(ticks, Is.GreaterThan(bound), "every slice is an item of the clock of its own");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void ClosedWhileWorking_TheWorkStops(bool politely)
    {
        Ask(bits: 160);
        var alice = Create(Tireless("alice"));
        var code = Record(alice.AllocateCode());
        Advance(10);
        Assert.That(code.IsOver, Is.False);
        if (politely)
            alice.Close();
        else
            alice.Dispose();
        Advance(10);
        Assert.That(code.Error, Is.InstanceOf<WormholeClosedException>());
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);

        // Nothing is left to be done on the clock, or this would go on for ever.
        Clock.Start();
    }

    [Test]
    public void WorkTakesLonger_TheLinkIsNotTakenForDead()
    {
        Ask(bits: 160);
        using var alice = Create(Tireless("alice"));
        alice.AllocateCode().Subscribe(_ => { }, _ => { });
        Advance(120);
        Assert.That(Rendezvous.Client("alice").LinksMade, Is.EqualTo(1));
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.EqualTo(1));
    }

    private void Ask(int bits) => Rendezvous.Welcome = new WelcomeInfo
    {
        Permission = new PermissionRequired { Hashcash = new HashcashRequest(bits, Resource), Methods = ["hashcash"] },
    };

    // Works for any stamp, a second for each slice.
    private WormholeOptions Tireless(string client) => Options(client) with
    {
        Scheduler = new SlowScheduler(Clock, TimeSpan.FromSeconds(1)),
        Bounds = new WormholeBounds { HashcashBits = 160 },
    };

    private WormholeException? Failure(Wormhole wormhole)
    {
        var code = Record(wormhole.AllocateCode());
        Advance(1);
        return (WormholeException?)code.Error;
    }

    // A machine on which everything that is to be done at once takes its time.
    private sealed class SlowScheduler(IScheduler inner, TimeSpan pace) : IScheduler
    {
        public DateTimeOffset Now => inner.Now;

        public IDisposable Schedule<TState>(TState state, Func<IScheduler, TState, IDisposable> action) =>
            inner.Schedule(state, pace, (_, given) => action(this, given));

        public IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action) =>
            inner.Schedule(state, dueTime, (_, given) => action(this, given));

        public IDisposable Schedule<TState>(TState state, DateTimeOffset dueTime, Func<IScheduler, TState, IDisposable> action) =>
            inner.Schedule(state, dueTime, (_, given) => action(this, given));
    }
}
