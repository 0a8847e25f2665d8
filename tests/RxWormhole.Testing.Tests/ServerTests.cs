using RxWormhole.Protocol;

namespace RxWormhole.Testing.Tests;

/// <summary>The server goes down and comes back, forgets, and greets.</summary>
public sealed class ServerTests : RawFixture
{
    [Test]
    public void Stop_CutsLinksAndRefusesNewOnes()
    {
        using var link = Bound();
        Rendezvous.Stop();
        Rendezvous.Stop();
        Assert.That(link.Error, Is.TypeOf<LinkException>().With.Message.Contains("server"));
        Assert.That(Rendezvous.IsUp, Is.False);
        using var refused = Dial();
        Advance(20);
        Assert.That(refused.Error, Is.TypeOf<LinkException>());
        Assert.That(Rendezvous.Transcript.Entries.Count(entry => entry.Client.Length == 0), Is.EqualTo(1), "stopped once");
    }

    [TestCase(true, 1)]
    [TestCase(false, 0)]
    public void StoppedAndStarted_HasItsDataOrNot(bool keepData, int nameplates)
    {
        using var link = Opened();
        Rendezvous.Stop();
        Rendezvous.Start(keepData);
        Assert.That(Rendezvous.IsUp, Is.True);
        using var next = Bound("bob");
        next.Say("""{"type":"list"}""");
        Advance(20);
        Assert.That(next.TextsOf("nameplates").Single().Split("\"id\":\"4\"").Length - 1, Is.EqualTo(nameplates));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Restart_IsAStopAndAStart(bool keepData)
    {
        using var link = Opened();
        Rendezvous.Restart(keepData);
        Assert.That(link.Error, Is.TypeOf<LinkException>());
        Assert.That(Rendezvous.IsUp, Is.True);
        Assert.That(Rendezvous.LeftBehind, Has.Count.EqualTo(keepData ? 2 : 0));
        Assert.That(Rendezvous.Transcript.Entries.Where(entry => entry.Client.Length == 0).Select(entry => entry.What),
            Is.EqualTo(new[] { "the server stops", keepData ? "the server starts" : "the server starts without its data" }));
    }

    [Test]
    public void StartingARunningServer_DoesNothingAndLosesNothing()
    {
        using var link = Opened();
        Rendezvous.Start();
        Assert.That(() => Rendezvous.Start(keepData: false), Throws.InvalidOperationException.With.Message.Contains("Restart"));
        Advance(20);
        Assert.That(link.IsOver, Is.False);
        Assert.That(Rendezvous.LeftBehind, Has.Count.EqualTo(3));
        Assert.That(Rendezvous.Transcript.Entries.Select(entry => entry.Client), Has.None.Empty);
    }

    [Test]
    public void MailboxNobodyTouches_IsForgottenAsTheKeepPolicySays()
    {
        StartServer(new VirtualRendezvousOptions
        {
            Keep = new KeepPolicy(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)),
            PruneEvery = TimeSpan.FromSeconds(10),
        });
        Opened().Dispose();
        Advance(29_000);
        Assert.That(Rendezvous.LeftBehind, Has.Count.EqualTo(2));
        Advance(11_000);
        Assert.That(Rendezvous.LeftBehind, Is.Empty);
    }

    [Test]
    public void WhoComesAfterMailboxAndNameplateExpired_GetsAFreshOne()
    {
        StartServer(new VirtualRendezvousOptions
        {
            Keep = new KeepPolicy(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)),
            PruneEvery = TimeSpan.FromSeconds(10),
        });
        Opened().Dispose();
        Advance(41_000);
        using var bob = Opened("bob");
        Assert.That(bob.TextsOf("claimed").Single(), Is.Not.EqualTo(Rendezvous.Transcript.To("alice").Single(frame => frame.Type == "claimed").Text));
        Assert.That(Rendezvous.LeftBehind, Has.Count.EqualTo(3));
    }

    [Test]
    public void MailboxSomebodyIsSubscribedTo_IsTouchedByEachPruningUntilHeLeaves()
    {
        StartServer(new VirtualRendezvousOptions
        {
            Keep = new KeepPolicy(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)),
            PruneEvery = TimeSpan.FromSeconds(10),
        });
        var link = Opened();
        Advance(95_000);
        link.Dispose();
        Advance(20_000);
        Assert.That(Rendezvous.LeftBehind, Has.Count.EqualTo(2), "touched at 90 s");
        Advance(20_000);
        Assert.That(Rendezvous.LeftBehind, Is.Empty);
    }

    [Test]
    public void ExtensibleKeep_IsDeclaredAndGranted()
    {
        StartServer(new VirtualRendezvousOptions { Keep = KeepPolicy.Reference with { Longest = TimeSpan.FromDays(1) } });
        var link = Bound();
        Assert.That(link.TextsOf("welcome").Single(), Does.Contain("\"mailbox-keep-seconds\":86400"));
        link.Say("""{"type":"claim","nameplate":"4","keep":7200}""");
        Advance(20);
        link.Dispose();
        Advance(TimeSpan.FromMinutes(115).TotalMilliseconds);
        Assert.That(Rendezvous.LeftBehind, Has.Count.EqualTo(2));
        Advance(TimeSpan.FromMinutes(15).TotalMilliseconds);
        Assert.That(Rendezvous.LeftBehind, Is.Empty);
    }

    [Test]
    public void Pruning_OfYearsTakesNoTime()
    {
        StartServer(new VirtualRendezvousOptions { PruneEvery = TimeSpan.FromTicks(1) });
        Opened().Dispose();
        Clock.AdvanceBy(TimeSpan.FromDays(3650).Ticks);
        Assert.That(Rendezvous.LeftBehind, Is.Empty);
    }

    [Test]
    public void LeftBehind_NamesLinksNameplatesAndMailboxes()
    {
        using var link = Opened();
        link.Say("""{"type":"add","phase":"0","body":"00"}""");
        Advance(20);
        Assert.That(Rendezvous.LeftBehind, Has.Count.EqualTo(3));
        Assert.That(Rendezvous.LeftBehind[0], Is.EqualTo("alice: open links: 1"));
        Assert.That(Rendezvous.LeftBehind[1], Is.EqualTo("example.com/test: nameplate 4"));
        Assert.That(Rendezvous.LeftBehind[2], Does.Match("^example.com/test: mailbox [a-z2-7]{13}, messages: 1$"));
    }

    [Test]
    public void Welcome_SaysWhatItsPropertiesSay()
    {
        Rendezvous.Welcome = new WelcomeInfo { Motd = "be nice", CurrentCliVersion = "1.2.3", MailboxKeepSeconds = 77, Error = "no", Json = """{"other":1}""" };
        using var link = Dial();
        Advance(20);
        var welcome = link.TextsOf("welcome").Single();
        Assert.That(welcome, Does.Contain("\"motd\":\"be nice\"").And.Contain("\"current_cli_version\":\"1.2.3\""));
        Assert.That(welcome, Does.Contain("\"mailbox-keep-seconds\":77").And.Contain("\"error\":\"no\"").And.Contain("\"other\":1"));
    }

    [Test]
    public void Welcome_ChangesFromTheNextLinkOn()
    {
        using var first = Dial();
        Advance(20);
        Rendezvous.Welcome = Rendezvous.Welcome with { Motd = "new" };
        Advance(20);
        Assert.That(first.TextsOf("welcome"), Has.Length.EqualTo(1).And.None.Contains("new"));
        using var second = Dial();
        Advance(20);
        Assert.That(second.TextsOf("welcome").Single(), Does.Contain("new"));
        Rendezvous.Welcome = Rendezvous.Welcome with { Motd = null };
        using var third = Dial();
        Advance(20);
        Assert.That(third.TextsOf("welcome").Single(), Does.Not.Contain("motd"), "what is taken out is out");
    }

    [Test]
    public void PermissionInTheWelcome_IsRequired()
    {
        Rendezvous.Welcome = new WelcomeInfo { Permission = new PermissionRequired { Hashcash = new HashcashRequest(6, "here") } };
        using var link = Dial();
        Advance(20);
        Assert.That(link.TextsOf("welcome").Single(), Does.Contain("\"permission-required\":{\"none\":null,\"hashcash\":{\"bits\":6,\"resource\":\"here\"}}"));
        link.Bind("alice");
        Advance(20);
        Assert.That(link.Types.Last(), Is.EqualTo("error"));
        Assert.That(link.IsCompleted, Is.True);
    }
}
