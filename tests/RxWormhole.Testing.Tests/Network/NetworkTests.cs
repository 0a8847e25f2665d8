using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole.Testing.Tests;

/// <summary>Time, speed and back-pressure of a virtual network, and everything that can go wrong in it.</summary>
public sealed class NetworkTests : NetworkFixture
{
    [Test]
    public void Bytes_TakeTheLatencyAndTheirTimeOnTheLine()
    {
        MakeNetwork(new VirtualNetworkOptions { Latency = TimeSpan.FromMilliseconds(100), BytesPerSecond = 1000 });
        var (alice, bob) = Connected();
        var heardAt = new List<double>();
        bob.On(_ => heardAt.Add(Now));
        alice.Say(new byte[500]);
        alice.Say(new byte[500]);
        Advance(5);
        Assert.That(heardAt, Is.EqualTo(new[] { 1.6, 2.1 }).Within(0.002));
    }

    [Test]
    public void Dialling_TakesTheLatencyTwice()
    {
        MakeNetwork(new VirtualNetworkOptions { Latency = TimeSpan.FromMilliseconds(100) });
        Bob.Listen(TransitPorts.Only(7)).Subscribe();
        double? at = null;
        Alice.Dial(new DirectHint("bob", 7)).Subscribe(_ => at = Now);
        Advance(1);
        Assert.That(at, Is.EqualTo(0.2).Within(0.002));
    }

    [Test]
    public void NobodyReads_TheWriterWaitsAtTheWindow()
    {
        MakeNetwork(new VirtualNetworkOptions { Window = 1000 });
        ITransitConnection? inner = null;
        Bob.Listen(TransitPorts.Only(7)).SelectMany(listener => listener.Connections).Subscribe(connection => inner = connection);
        var alice = Dial(Alice, new DirectHint("bob", 7));
        Advance(1);
        var writing = alice.Connection!.WriteAsync(new byte[2500]).AsTask();
        Advance(60);
        Assert.That(writing.IsCompleted, Is.False);
        var read = 0;
        for (var i = 0; i < 2; i++)
        {
            read += inner!.ReadAsync(new byte[800]).AsTask().Result;
            Advance(1);
            Assert.That(writing.IsCompleted, Is.EqualTo(i == 1));
        }

        Assert.That(read, Is.EqualTo(1600));
    }

    [Test]
    public void Closed_WhatIsUnderWayArrivesAndThenTheEnd()
    {
        var (alice, bob) = Connected();
        alice.Say("good bye");
        alice.Connection!.Dispose();
        Advance(1);
        Assert.That(bob.Heard, Is.EqualTo("good bye"));
        Assert.That(bob.ClosedAt, Is.Not.Null);
        bob.Connection!.Dispose();
        Advance(1);
        Assert.That(Network.LeftBehind, Is.EqualTo(new[] { "bob: listens on 49152" }));
    }

    [Test]
    public void CutAfterBytes_NoneIsTooManyAndBothNotice([Values(0, 1, 5, 10)] int bytes)
    {
        Bob.Faults = new NetworkFaults { CutAfter = bytes };
        var (alice, bob) = Connected();
        alice.Say("0123456789abc");
        Advance(1);
        Assert.That(bob.Heard, Is.EqualTo("0123456789abc"[..bytes]).Or.EqualTo(""));
        Assert.That(new[] { alice.ClosedAt, bob.ClosedAt }, Has.All.Not.Null);
        Assert.That(Alice.ConnectionsOpen + Bob.ConnectionsOpen, Is.Zero);
    }

    [Test]
    public void SilentAfterBytes_NothingArrivesAndNobodyIsTold()
    {
        Alice.Faults = new NetworkFaults { SilentAfter = 5 };
        var (alice, bob) = Connected();
        alice.Say("0123456789");
        Advance(60);
        Assert.That(bob.Heard, Is.EqualTo("01234"));
        bob.Say("hello?");
        alice.Connection!.Dispose();
        Advance(60);
        Assert.That(bob.ClosedAt, Is.Null);
        Assert.That(alice.Heard, Is.Empty);
    }

    [Test]
    public void StallsAfterBytes_OnlyTheEndIsNoticed()
    {
        Alice.Faults = new NetworkFaults { StallAfter = 5 };
        var (alice, bob) = Connected();
        alice.Say("0123456789");
        Advance(60);
        Assert.That(bob.Heard, Is.EqualTo("01234"));
        Assert.That(bob.ClosedAt, Is.Null);
        alice.Connection!.Dispose();
        Advance(1);
        Assert.That(bob.ClosedAt, Is.Not.Null);
    }

    [Test]
    public void CorruptByte_IsTheOneAndOnlyAtThatHost([Values(0, 4, 9)] int at)
    {
        Bob.Faults = new NetworkFaults { CorruptAt = at };
        var (alice, bob) = Connected();
        alice.Say("01234");
        Advance(1);
        alice.Say("56789");
        bob.Say("0123456789");
        Advance(1);
        Assert.That(Enumerable.Range(0, 10).Where(each => bob.Heard[each] != "0123456789"[each]), Is.EqualTo(new[] { at }));
        Assert.That(alice.Heard, Is.EqualTo("0123456789"));
    }

    [Test]
    public void CutAndSilence_ConcernWhatIsOpen()
    {
        var (alice, bob) = Connected();
        Bob.Silence();
        alice.Say("hello");
        Advance(1);
        Assert.That(bob.Heard, Is.Empty);
        Bob.Cut();
        Advance(1);
        Assert.That(new[] { alice.ClosedAt, bob.ClosedAt }, Has.All.Not.Null);
    }

    [Test]
    public void Unplugged_NeitherDialsNorIsReached()
    {
        var (alice, _) = Connected();
        Bob.Unplug();
        var (to, from) = (Dial(Alice, new DirectHint("bob", 49152)), Dial(Bob, new DirectHint("alice", 1)));
        Advance(10);
        Assert.Multiple(() =>
        {
            Assert.That(alice.ClosedAt, Is.Not.Null);
            Assert.That(to.Connection, Is.Null);
            Assert.That(to.Refusal, Is.Null);
            Assert.That(from.Refusal, Is.InstanceOf<IOException>());
        });
        Bob.PlugIn();
        var again = Dial(Alice, new DirectHint("bob", 49152));
        Advance(1);
        Assert.That(again.Connection, Is.Not.Null);
    }

    [TestCase(Reach.Open, Reach.Open, true, false)]
    [TestCase(Reach.Refused, Reach.Open, false, true)]
    [TestCase(Reach.Dropped, Reach.Open, false, false)]
    [TestCase(Reach.Open, Reach.Refused, false, true)]
    [TestCase(Reach.Open, Reach.Dropped, false, false)]
    public void Reach_DecidesWhatBecomesOfAnAttempt(Reach inbound, Reach outbound, bool isMade, bool isRefused)
    {
        Bob.Listen(TransitPorts.Only(7)).Subscribe();
        Bob.Faults = new NetworkFaults { Inbound = inbound };
        Alice.Faults = new NetworkFaults { Outbound = outbound };
        var end = Dial(Alice, new DirectHint(Bob.IPv4, 7));
        Advance(100);
        Assert.That((end.Connection is not null, end.Refusal is not null), Is.EqualTo((isMade, isRefused)));
    }

    [Test]
    public void AddressOfAFamilyThatOneSideLacks_CannotBeReached()
    {
        Bob.Listen(TransitPorts.Only(7)).Subscribe();
        Alice.HasIPv4 = false;
        var (four, six, name) = (Dial(Alice, new DirectHint(Bob.IPv4, 7)), Dial(Alice, new DirectHint(Bob.IPv6, 7)), Dial(Alice, new DirectHint("BOB", 7)));
        Advance(1);
        Assert.That(four.Refusal, Is.Not.Null);
        Assert.That(six.Connection!.RemoteAddress, Is.EqualTo("[fd00::2]:7").Or.EqualTo("[fd00::1]:7"));
        Assert.That(name.Connection, Is.Not.Null);
    }

    [Test]
    public void TwoAtOnceOfAKind_AreRefused()
    {
        var (alice, _) = Connected();
        Assert.That(async () => await alice.Connection!.ReadAsync(new byte[1]), Throws.InvalidOperationException);
        _ = alice.Connection!.WriteAsync(new byte[5 << 20]).AsTask();
        Assert.That(async () => await alice.Connection.WriteAsync(new byte[1]), Throws.InvalidOperationException);
    }

    [Test]
    public void SameFlow_IsTheSameInEveryRun()
    {
        var first = Run();
        StartClock();
        Assert.That(Run(), Is.EqualTo(first).And.Not.Empty);

        string Run()
        {
            var (alice, bob) = Connected();
            bob.Say(new byte[3_000_000]);
            alice.Say("hello");
            Advance(0.02);
            Bob.Cut();
            Advance(1);
            return $"{Network.Transcript}{alice.Heard.Length}";
        }
    }
}
