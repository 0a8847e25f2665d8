using RxWormhole.Protocol;

namespace RxWormhole.Testing.Tests;

/// <summary>What a test does to a client's links while they are there.</summary>
public sealed class CableTests : RawFixture
{
    [Test]
    public void Cut_BothEndsNoticeAndWhatIsOnTheWayIsLost()
    {
        using var link = Opened();
        link.Say("""{"type":"add","phase":"0","body":"00"}""");
        Alice.Cut();
        Assert.That(link.Error, Is.TypeOf<LinkException>().With.Message.EqualTo("the virtual link was cut"));
        Advance(100);
        Assert.That(Alice.LinksOpen, Is.Zero);
        Assert.That(Rendezvous.LeftBehind.Single(line => line.Contains("mailbox", StringComparison.Ordinal)), Does.EndWith("messages: 0"));
        Assert.That(link.Offences, Is.Empty);
        link.Dispose();
        Assert.That(Rendezvous.Transcript.Entries.Last().What, Is.EqualTo("link 1 cut"), "what is gone cannot be hung up");
    }

    [Test]
    public void Cut_WhileDialling_FailsTheLink()
    {
        using var link = Dial();
        Alice.Cut();
        Assert.That(link.Error, Is.TypeOf<LinkException>());
        Advance(20);
        Assert.That(link.Types, Is.Empty);
        Assert.That(link.Offences, Is.Empty);
    }

    [Test]
    public void Cut_LeavesOtherClientsAlone()
    {
        using var alice = Dial();
        using var bob = Dial("bob");
        Advance(20);
        Alice.Cut();
        bob.Ping(1);
        Advance(20);
        Assert.That((alice.IsOver, bob.IsOver), Is.EqualTo((true, false)));
        Assert.That(bob.Types, Has.Some.EqualTo("pong"));
    }

    [Test]
    public void Silence_NothingArrivesOnEitherSideAndNobodyIsTold()
    {
        using var alice = Opened();
        using var bob = Opened("bob");
        Alice.Silence();
        alice.Say("""{"type":"add","phase":"0","body":"00"}""");
        bob.Say("""{"type":"add","phase":"1","body":"00"}""");
        Advance(1000);
        Assert.That(alice.TextsOf("message"), Is.Empty);
        Assert.That(bob.TextsOf("message"), Has.Length.EqualTo(1).And.All.Contains("\"1\""));
        Assert.That(alice.IsOver, Is.False);
    }

    [Test]
    public void Silence_WhileDialling_IsNeverAnswered()
    {
        using var link = Dial();
        Alice.Silence();
        Advance(1000);
        Assert.That((link.IsOver, link.Types.Length, Alice.LinksOpen), Is.EqualTo((false, 0, 1)));
        Assert.That(Rendezvous.Transcript.Entries.Select(entry => entry.What), Has.None.EqualTo("link 1"), "nor does the server know of it");
    }

    [Test]
    public void HalfOpenLink_ServerStops_ClientIsNotTold()
    {
        using var link = Bound();
        Alice.Silence();
        Rendezvous.Restart();
        Advance(100);
        Assert.That((link.IsOver, Alice.LinksOpen), Is.EqualTo((false, 1)));
        Alice.Cut();
        Assert.That(link.Error, Is.TypeOf<LinkException>(), "pulling the cable is noticed");
    }

    [Test]
    public void HalfOpenLink_ServerHangsUp_ClientIsNotTold()
    {
        Rendezvous.Welcome = new WelcomeInfo { Permission = new PermissionRequired { Hashcash = new HashcashRequest(6, "here") } };
        using var link = Dial();
        Advance(20);
        link.Bind("without permission");
        Advance(7);
        Alice.Silence();
        Advance(100);
        Assert.That((link.IsOver, link.Types.Length), Is.EqualTo((false, 1)));
    }

    [Test]
    public void HalfOpenLink_IsLetGoOfWhenTheClientGivesUp()
    {
        var link = Opened();
        Alice.Silence();
        link.Dispose();
        Advance(TimeSpan.FromMinutes(30).TotalMilliseconds);
        Assert.That(Rendezvous.LeftBehind, Is.Empty, "no subscriber keeps the mailbox");
    }

    [Test]
    public void Unplugged_NoLinkCanBeMadeUntilPluggedInAgain()
    {
        using var before = Bound();
        Alice.Unplug();
        Assert.That(before.Error, Is.TypeOf<LinkException>());
        Assert.That(Alice.IsPluggedIn, Is.False);

        using var refused = Dial();
        Advance(20);
        Assert.That(refused.Error, Is.TypeOf<LinkException>().With.Message.Contains("cannot be reached"));
        using var bob = Dial("bob");
        Advance(20);
        Assert.That(bob.Types, Is.EqualTo(new[] { "welcome" }));

        Alice.PlugIn();
        using var after = Dial();
        Advance(20);
        Assert.That(after.Types, Is.EqualTo(new[] { "welcome" }));
        Assert.That((Alice.LinksMade, Alice.LinksOpen, Alice.IsPluggedIn), Is.EqualTo((3, 1, true)));
    }

    [Test]
    public void Refusal_TakesTheWayThere()
    {
        Alice.Unplug();
        using var link = Dial();
        Advance(4);
        Assert.That(link.IsOver, Is.False);
        Advance(2);
        Assert.That(link.IsOver, Is.True);
    }
}
