using System.Reactive.Concurrency;
using RxWormhole.Protocol;

namespace RxWormhole.Testing.Tests;

/// <summary>What cannot be meant is refused at once, by name.</summary>
public sealed class NetworkArgumentTests : NetworkFixture
{
    [Test]
    public void Options_ThatAreNotUsable()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => new VirtualNetwork(Clock, new VirtualNetworkOptions { Latency = TimeSpan.Zero }), Throws.ArgumentException.With.Message.Contains("one tick"));
            Assert.That(() => new VirtualNetwork(Clock, new VirtualNetworkOptions { BytesPerSecond = 0 }), Throws.ArgumentException.With.Message.Contains("one byte a second"));
            Assert.That(() => new VirtualNetwork(Clock, new VirtualNetworkOptions { Window = 0 }), Throws.ArgumentException.With.Message.Contains("window"));
            Assert.That(() => new VirtualNetwork(null!), Throws.ArgumentNullException);
            Assert.That(() => new VirtualNetwork(ImmediateScheduler.Instance), Throws.ArgumentException.With.Message.Contains("later"));
            Assert.That(() => new VirtualNetwork(CurrentThreadScheduler.Instance), Throws.ArgumentException.With.Message.Contains("later"));
        });
    }

    [Test]
    public void Faults_ThatAreNotUsable()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => new NetworkFaults { Latency = TimeSpan.Zero }, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new NetworkFaults { BytesPerSecond = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new NetworkFaults { CutAfter = -1 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new NetworkFaults { SilentAfter = -1 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new NetworkFaults { StallAfter = -1 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new NetworkFaults { CorruptAt = -1 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => Alice.Faults = null!, Throws.ArgumentNullException);
        });
    }

    [Test]
    public void Names_ThatAreNone()
    {
        Network.AddRelay("relay.example");
        Assert.Multiple(() =>
        {
            Assert.That(() => Network.Host(""), Throws.ArgumentException);
            Assert.That(() => Network.Host(null!), Throws.ArgumentNullException);
            Assert.That(() => Network.AddRelay("RELAY.example"), Throws.ArgumentException);
            Assert.That(() => Network.AddRelay("other.example", 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => Network.OptionsFor(null!, "x", "y"), Throws.ArgumentNullException);
            Assert.That(() => Alice.Dial(null!), Throws.ArgumentNullException);
            Assert.That(Network.Host("alice"), Is.SameAs(Network.Host("ALICE")));
        });
    }

    [Test]
    public void Options_HaveTheHostAndEveryRelay()
    {
        var relays = new[] { Network.AddRelay("one").Hint, Network.AddRelay("two").Hint };
        var options = Network.OptionsFor(new VirtualRendezvous(Clock), "example.com/app", "alice");
        Assert.That(options.Transit.Connector, Is.SameAs(Alice));
        Assert.That(options.Transit.Relays, Is.EqualTo(relays));
        Assert.That(options.Scheduler, Is.SameAs(Clock));
        Assert.That(options.Transit.Relays.SelectMany(relay => relay.Ways), Has.All.InstanceOf<DirectHint>());
    }
}
