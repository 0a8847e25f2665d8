using Microsoft.Reactive.Testing;

namespace RxWormhole.Testing.Tests;

public sealed class OptionsForTests
{
    private readonly TestScheduler clock = new();

    [Test]
    public void Options_AreForThisServerOnItsClock()
    {
        var rendezvous = new VirtualRendezvous(clock);
        var options = rendezvous.OptionsFor("example.com/app", "alice");
        Assert.That(options.AppId, Is.EqualTo("example.com/app"));
        Assert.That(options.Rendezvous, Is.EqualTo(rendezvous.Address));
        Assert.That(options.Scheduler, Is.SameAs(clock));
        Assert.That(options.Connector, Is.SameAs(rendezvous.Client("alice")).And.Not.SameAs(rendezvous.Client("bob")));
    }

    [Test]
    public void Everything_ElseIsAsUsual()
    {
        var rendezvous = new VirtualRendezvous(clock);
        var options = rendezvous.OptionsFor("example.com/app", "alice");
        var usual = new WormholeOptions { AppId = "example.com/app" };
        Assert.That(options, Is.EqualTo(usual with
        {
            Rendezvous = options.Rendezvous, Scheduler = options.Scheduler, Connector = options.Connector, Entropy = options.Entropy,
        }));
    }

    [Test]
    public void ApplicationsOwnOptions_NeedOnlyTheConnectorAndTheScheduler()
    {
        var rendezvous = new VirtualRendezvous(clock);
        var options = new WormholeOptions { AppId = "example.com/app", Connector = rendezvous, Scheduler = clock };
        using var wormhole = Wormhole.Create(options);
        Assert.That(clock.Run(wormhole.AllocateCode()), Does.Contain("-"));
        Assert.That(rendezvous.Transcript.From("#1"), Is.Not.Empty, "whatever the address");
        Assert.That(clock.Run(wormhole.Close()).Acknowledged, Is.True);
    }

    [Test]
    public void NamesWithTheSameHash_HaveNothingInCommon()
    {
        var rendezvous = new VirtualRendezvous(clock);
        var drawn = new[] { "Aa", "BB", "alice" }.Select(name =>
        {
            var bytes = new byte[32];
            rendezvous.OptionsFor("example.com/app", name).Entropy(bytes);
            return Convert.ToHexString(bytes);
        });
        Assert.That(drawn.ToArray(), Is.Unique);
    }

    [Test]
    public void Sessions_UnderOneNameAreFoundTogether()
    {
        var rendezvous = new VirtualRendezvous(clock);
        clock.Run(() => Talk.Between(rendezvous));
        Assert.That(rendezvous.Client("alice").LinksMade, Is.EqualTo(1));
        Assert.That(rendezvous.LeftBehind, Is.Empty);
    }
}
