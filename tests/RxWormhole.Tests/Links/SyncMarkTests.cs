using RxWormhole.Protocol;
using static RxWormhole.Tests.Record.SessionRecords;

namespace RxWormhole.Tests.Links;

/// <summary>What the answer to the ping behind <c>open</c> shows: what the mailbox has, and what the server lost.</summary>
public sealed class SyncMarkTests
{
    [Test]
    public void OfferedEarlier_IsAddedAtTheMarkAndNotSooner()
    {
        var link = new ScriptedLink(WithPeer with { Pake = Offered(Phase.Pake), Version = Offered(Phase.Version) });
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, open mb, ping 1"));
        Assert.That(link.Play(), Is.Empty);
        Assert.That(link.On(new ServerMessage.Pong("1")), Is.EqualTo("add pake, add version"));
        Assert.That(link.On(new ServerMessage.Pong("1")), Is.Empty, "once");
        Assert.That(link.Link.HasLost, Is.False, "nobody had seen it there");
    }

    [Test]
    public void OfferedEarlierAndPlayedBack_IsNotAdded()
    {
        var link = new ScriptedLink(WithPeer with { Pake = Offered(Phase.Pake), Version = Offered(Phase.Version) });
        link.On(ScriptedLink.Welcome);
        Assert.That(link.On(Echo(Phase.Pake), Echo(Phase.Version), new ServerMessage.Pong("1")), Is.Empty);
        Assert.That(link.Record.Own.All(own => own.IsEchoed), Is.True);
    }

    [Test]
    public void OfferedEarlierAndPlayedBackInPart_TheRestIsAdded()
    {
        var link = new ScriptedLink(Paired with { Messages = [Offered("0"), Offered("1"), Sealed("2")] });
        link.On(ScriptedLink.Welcome);
        Assert.That(link.On(Echo(Phase.Pake), Echo(Phase.Version), Echo("0")), Is.Empty, "1 may be lost, and 2 must not overtake it");
        Assert.That(link.On(new ServerMessage.Pong("1")), Is.EqualTo("add 1, add 2"));
    }

    [Test]
    public void EverythingOfferedIsPlayedBackBeforeTheMark_NewMessagesNeedNotWaitForIt()
    {
        var link = new ScriptedLink(Paired with { Messages = [Offered("0"), Sealed("1")] });
        link.On(ScriptedLink.Welcome);
        Assert.That(link.On(Echo(Phase.Pake), Echo(Phase.Version)), Is.Empty);
        Assert.That(link.On(Echo("0")), Is.EqualTo("add 1"));
    }

    [Test]
    public void AddedOnThisLink_IsNotAddedAgainAtTheMark()
    {
        var link = new ScriptedLink(WithMailbox);
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, open mb, add pake, ping 1"));
        Assert.That(link.On(new ServerMessage.Pong("1")), Is.Empty);
    }

    [Test]
    public void AnswerToAnEarlierPing_IsNoMark()
    {
        var link = new ScriptedLink(WithPeer with { Pake = Offered(Phase.Pake) });
        link.Link = link.Link with { IsWelcomed = true, IsBound = true, Pings = 1 };
        Assert.That(link.Play(), Is.EqualTo("open mb, ping 2"));
        Assert.That(link.On(new ServerMessage.Pong("1")), Is.Empty);
        Assert.That(link.On(new ServerMessage.Pong("2")), Is.EqualTo("add pake, add version"));
    }

    [Test]
    public void AnswerToALaterPing_IsTheMarkToo()
    {
        var link = new ScriptedLink(WithPeer with { Pake = Offered(Phase.Pake) });
        link.On(ScriptedLink.Welcome);
        link.Link = link.Link with { Pings = 2 };
        Assert.That(link.On(new ServerMessage.Pong("2")), Is.EqualTo("add pake, add version"));
    }

    [Test]
    public void MailboxIsLostAfterThePeerWasSeen_EverythingIsAddedAgainAndNothingClaimed()
    {
        var link = new ScriptedLink(Paired with { Messages = [Echoed("0"), Sealed("1")] });
        link.On(ScriptedLink.Welcome);
        Assert.That(link.On(new ServerMessage.Pong("1")), Is.EqualTo("add pake, add version, add 0, add 1"));
        Assert.That(link.Link.HasLost, Is.True);
        Assert.That(link.Record.Own.Any(own => own.IsEchoed), Is.False);
        Assert.That(link.Record.Own.All(own => own.IsOffered), Is.True);
        Assert.That(link.On(Echo(Phase.Pake), Echo(Phase.Version), Echo("0"), Echo("1")), Is.Empty);
        Assert.That(link.Record.Own.All(own => own.IsEchoed), Is.True);
    }

    [Test]
    public void PartOfTheMailboxIsLost_ThatPartIsAddedAgain()
    {
        var link = new ScriptedLink(WithMailbox with { Pake = Echoed(Phase.Pake), Version = Echoed(Phase.Version) });
        link.On(ScriptedLink.Welcome);
        Assert.That(link.On(Echo(Phase.Pake), new ServerMessage.Pong("1")), Is.EqualTo("add version"));
        Assert.That(link.Link.HasLost, Is.True);
        Assert.That(link.Record.Mailbox, Is.EqualTo("mb"));
    }

    [Test]
    public void MailboxIsLostBeforeThePeerWasSeen_BeginsAgainWithTheNameplate()
    {
        var link = new ScriptedLink(WithMailbox with { Pake = Echoed(Phase.Pake) });
        link.On(ScriptedLink.Welcome);
        Assert.That(link.On(new ServerMessage.Pong("1")), Is.EqualTo("close mb lonely"), "the one that came into being by our open");
        Assert.That((link.Record.Stray, link.Record.Mailbox, link.Link.HasLost), Is.EqualTo(("mb", (string?)null, true)));
        Assert.That(link.Record.Pake, Is.EqualTo(Sealed(Phase.Pake)).Using<OwnPhase>((one, other) => one.IsOffered == other.IsOffered && one.IsEchoed == other.IsEchoed));
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay), "until the server has closed it");
        Assert.That(link.On(new ServerMessage.Closed()), Is.Empty, "a link takes one claim");
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Redial));

        var next = link.Redial();
        Assert.That(next.On(ScriptedLink.Welcome), Is.EqualTo("bind, claim 4"));
        Assert.That(next.On(new ServerMessage.Claimed("mb2")), Is.EqualTo("open mb2, add pake, ping 1"));
        Assert.That(next.On(new ServerMessage.Pong("1")), Is.Empty);
        Assert.That(next.Verdict, Is.EqualTo(LinkVerdict.Stay));
    }

    [Test]
    public void StrayUnclosedOnALostLink_IsClosedOnTheNextBeforeTheClaim()
    {
        var link = new ScriptedLink(WithCode with { IsHeld = true, Stray = "mb" });
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, close mb lonely, ping 1"));
        Assert.That(link.Play(), Is.Empty);
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
        link.On(new ServerMessage.Closed());
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Redial));
        Assert.That(link.Redial().On(ScriptedLink.Welcome), Is.EqualTo("bind, claim 4"));
    }

    [Test]
    public void NothingOfOursWasEverThere_NothingIsLost()
    {
        var link = new ScriptedLink(WithMailbox with { Pake = null });
        link.On(ScriptedLink.Welcome);
        Assert.That(link.On(new ServerMessage.Pong("1")), Is.Empty);
        Assert.That((link.Link.HasLost, link.Link.IsSynchronized, link.Record.Mailbox), Is.EqualTo((false, true, "mb")));
    }

    [Test]
    public void CheckpointMayNotBeTheLatest_NothingIsAddedBeforeTheMark()
    {
        var link = new ScriptedLink(WithMailbox);
        link.Link = link.Link with { IsCautious = true };
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, open mb, ping 1"));
        Assert.That(link.On(Peer(Phase.Pake)), Is.EqualTo("release 4"));
        Assert.That(link.On(new ServerMessage.Pong("1")), Is.EqualTo("add pake"));
        link.Record = link.Record with { Version = Sealed(Phase.Version) };
        Assert.That(link.Play(), Is.EqualTo("add version"));
    }
}
