using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole.Testing.Tests;

/// <summary>A host that is cut off for a while and comes back.</summary>
public sealed class HostIsolationTests : NetworkFixture
{
    [TestCase(true)]
    [TestCase(false)]
    public void WhileIsolated_NothingArrivesAndNobodyIsTold_AllOfItComesWhenBack(bool isWhoDialled)
    {
        var (alice, bob) = Connected();
        var host = isWhoDialled ? Alice : Bob;
        alice.Say("one ");
        host.Isolate();
        alice.Say("two");
        bob.Say("three");
        Advance(60);
        Assert.That((host.IsIsolated, alice.Heard, bob.Heard), Is.EqualTo((true, "", "")));
        Assert.That((alice.ClosedAt, bob.ClosedAt), Is.EqualTo(((double?)null, (double?)null)));
        host.Rejoin();
        Advance(1);
        Assert.That((host.IsIsolated, alice.Heard, bob.Heard), Is.EqualTo((false, "three", "one two")));
    }

    [Test]
    public void BothAreIsolated_BothHaveToComeBack()
    {
        var (alice, bob) = Connected();
        Alice.Isolate();
        Bob.Isolate();
        alice.Say("hello");
        Advance(1);
        Alice.Rejoin();
        Advance(1);
        Assert.That(bob.Heard, Is.Empty);
        Bob.Rejoin();
        Advance(1);
        Assert.That(bob.Heard, Is.EqualTo("hello"));
    }

    [Test]
    public void WhoWritesMuch_WaitsForWhoIsIsolated()
    {
        MakeNetwork(new VirtualNetworkOptions { Window = 1000 });
        var (alice, bob) = Connected();
        Bob.Isolate();
        var writing = alice.Connection!.WriteAsync(new byte[2500]).AsTask();
        Advance(60);
        Assert.That(writing.IsCompleted, Is.False);
        Bob.Rejoin();
        Advance(1);
        Assert.That((writing.IsCompletedSuccessfully, bob.Heard.Length), Is.EqualTo((true, 2500)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Dials_AreNotAnsweredUntilBack(bool isWhoDials)
    {
        Bob.Listen(TransitPorts.Only(7)).SelectMany(listener => listener.Connections).Subscribe();
        var host = isWhoDials ? Alice : Bob;
        host.Isolate();
        var (dialled, refused) = (Dial(Alice, new DirectHint("bob", 7)), Dial(Alice, new DirectHint("nobody", 7)));
        Advance(60);
        Assert.That((dialled.Connection, dialled.Refusal), Is.EqualTo(((ITransitConnection?)null, (Exception?)null)));
        Assert.That(refused.Refusal, isWhoDials ? Is.Null : Is.Not.Null);
        host.Rejoin();
        Advance(1);
        Assert.That(dialled.Connection, Is.Not.Null);
        Assert.That(refused.Refusal, Is.Not.Null);
    }

    [Test]
    public void ClosedMeanwhile_IsHeardWhenBack()
    {
        var (alice, bob) = Connected();
        Bob.Isolate();
        alice.Say("bye");
        alice.Connection!.Dispose();
        Advance(60);
        Assert.That((bob.Heard, bob.ClosedAt, Bob.ConnectionsOpen), Is.EqualTo(("", (double?)null, 1)));
        Bob.Rejoin();
        Advance(1);
        Assert.That((bob.Heard, bob.ClosedAt), Is.EqualTo(("bye", (double?)61)));
    }
}
