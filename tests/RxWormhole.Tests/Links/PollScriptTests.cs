using RxWormhole.Protocol;
using static RxWormhole.Tests.Record.SessionRecords;

namespace RxWormhole.Tests.Links;

/// <summary>A poll runs the same script, and hangs up when the newest mark left nothing to do.</summary>
public sealed class PollScriptTests
{
    [Test]
    public void NothingToDo_HangsUpAtTheAnswerToTheFirstPing()
    {
        var link = new ScriptedLink(New, isPoll: true);
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, ping 1"));
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
        Assert.That(link.On(new ServerMessage.Pong("1")), Is.Empty);
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.HangUp));
    }

    [Test]
    public void PushLink_NeverHangsUp()
    {
        var link = new ScriptedLink(Paired);
        link.On(ScriptedLink.Welcome);
        link.On(Echo(Phase.Pake), Echo(Phase.Version), new ServerMessage.Pong("1"));
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
    }

    [Test]
    public void MarkSetsSomethingOff_IsAskedAboutByAnotherPing()
    {
        var link = new ScriptedLink(WithPeer with { Pake = Offered(Phase.Pake) }, isPoll: true);
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, open mb, ping 1"));
        Assert.That(link.On(new ServerMessage.Pong("1")), Is.EqualTo("add pake, add version, ping 2"));
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
        Assert.That(link.On(Echo(Phase.Pake), Echo(Phase.Version)), Is.Empty);
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
        link.On(new ServerMessage.Pong("2"));
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.HangUp));
    }

    [Test]
    public void OlderPingIsAnswered_StaysForTheNewest()
    {
        var link = new ScriptedLink(Paired, isPoll: true);
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, open mb, ping 1"));
        link.Record = link.Record.Accept(Body("0")).Seal(own => own.Bytes);
        Assert.That(link.On(Echo(Phase.Pake), Echo(Phase.Version)), Is.EqualTo("add 0, ping 2"));
        link.On(new ServerMessage.Pong("1"));
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
        link.On(new ServerMessage.Pong("2"));
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.HangUp));
    }

    [Test]
    public void NameplateIsAwaited_StaysAndPingsOnlyWhenTheMailboxIsOpen()
    {
        var link = new ScriptedLink(ToAllocate, isPoll: true);
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, allocate"));
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
        Assert.That(link.On(new ServerMessage.Allocated("4")), Is.EqualTo("claim 4"));
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
        Assert.That(link.On(new ServerMessage.Claimed("mb")), Is.EqualTo("open mb, ping 1"));
        link.On(new ServerMessage.Pong("1"));
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.HangUp));
    }

    [Test]
    public void NameplateIsAwaitedAfterAnAnsweredPing_Stays()
    {
        var link = new ScriptedLink(New, isPoll: true);
        link.On(ScriptedLink.Welcome);
        link.Record = WithNameplate;
        Assert.That(link.On(new ServerMessage.Pong("1")), Is.EqualTo("claim 4"));
        Assert.That(link.Play(), Is.Empty);
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
        Assert.That(link.On(new ServerMessage.Claimed("mb")), Is.EqualTo("open mb, ping 2"));
    }

    [Test]
    public void Released_IsAskedAboutBeforeItHangsUp()
    {
        var link = new ScriptedLink(WithMailbox with { Pake = Echoed(Phase.Pake) }, isPoll: true);
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, open mb, ping 1"));
        Assert.That(link.On(Echo(Phase.Pake), Peer(Phase.Pake), new ServerMessage.Pong("1")), Is.EqualTo("release 4, ping 2"));
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
        link.On(new ServerMessage.Released(), new ServerMessage.Pong("2"));
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.HangUp));
    }

    [Test]
    public void StrayIsClosed_RedialsInsteadOfHangingUp()
    {
        var link = new ScriptedLink(WithMailbox with { Pake = Echoed(Phase.Pake) }, isPoll: true);
        link.On(ScriptedLink.Welcome);
        Assert.That(link.On(new ServerMessage.Pong("1")), Is.EqualTo("close mb lonely, ping 2"));
        link.On(new ServerMessage.Closed(), new ServerMessage.Pong("2"));
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Redial));
    }

    [Test]
    public void ListIsWanted_IsAskedAboutBeforeItHangsUp()
    {
        var link = new ScriptedLink(New, isPoll: true) { Lists = 1 };
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, list, ping 1"));
        link.Lists = 2;
        Assert.That(link.On(new ServerMessage.Pong("1")), Is.EqualTo("list, ping 2"));
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
    }
}
