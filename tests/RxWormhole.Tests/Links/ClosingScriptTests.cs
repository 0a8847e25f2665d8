using RxWormhole.Protocol;
using static RxWormhole.Tests.Record.SessionRecords;

namespace RxWormhole.Tests.Links;

/// <summary>The end of the script: flush, release, close; and when nothing of the session is left on the server.</summary>
public sealed class ClosingScriptTests
{
    [Test]
    public void NothingOnTheServer_IsFinishedWithoutBinding()
    {
        var link = new ScriptedLink(ToAllocate with { Mood = Mood.Lonely });
        Assert.That(link.On(ScriptedLink.Welcome), Is.Empty);
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Finished));
    }

    [Test]
    public void EverythingEchoed_IsClosedAndFinishedWhenTheServerSaysSo()
    {
        var link = new ScriptedLink(Paired);
        link.On(ScriptedLink.Welcome);
        link.On(Echo(Phase.Pake), Echo(Phase.Version), new ServerMessage.Pong("1"));
        link.Record = link.Record with { Mood = Mood.Happy };
        Assert.That(link.Play(), Is.EqualTo("close mb happy"));
        Assert.That(link.Play(), Is.Empty);
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
        link.On(new ServerMessage.Closed());
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Finished));
    }

    [Test]
    public void NameplateAndMailboxAreOurs_BothAreGivenBackAndBothAnswersAwaited()
    {
        var link = new ScriptedLink(WithMailbox with { Mood = Mood.Lonely });
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, release 4, close mb lonely"), "nobody could read our pake");
        link.On(new ServerMessage.Released());
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
        link.On(new ServerMessage.Closed());
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Finished));
    }

    [Test]
    public void AnswersInTheOtherOrder_AreAwaitedToo()
    {
        var link = new ScriptedLink(WithMailbox with { Mood = Mood.Lonely });
        link.On(ScriptedLink.Welcome);
        link.On(new ServerMessage.Closed());
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
        Assert.That(link.On(new ServerMessage.Released()), Is.Empty);
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Finished));
    }

    [Test]
    public void NeverOffered_IsFlushedBeforeTheClose()
    {
        var link = new ScriptedLink(Paired with { Pake = Echoed(Phase.Pake), Messages = [Sealed("0")] });
        link.On(ScriptedLink.Welcome);
        link.On(Echo(Phase.Pake), Echo(Phase.Version), Echo("0"), new ServerMessage.Pong("1"));
        link.Record = (link.Record with { Mood = Mood.Happy }).Accept(Body("1")).Seal(own => own.Bytes);
        Assert.That(link.Play(), Is.EqualTo("add 1, close mb happy"));
    }

    [Test]
    public void NeverOffered_IsFlushedOnANewLinkBehindTheMark()
    {
        var link = new ScriptedLink(Paired with { Mood = Mood.Happy, Messages = [Offered("0"), Sealed("1")] });
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, open mb, ping 1"), "0 may be there or not");
        Assert.That(link.On(Echo(Phase.Pake), Echo(Phase.Version)), Is.Empty);
        Assert.That(link.On(new ServerMessage.Pong("1")), Is.EqualTo("add 0, add 1, close mb happy"));
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
    }

    [Test]
    public void OnlyOfferedEarlier_IsClosedWhenItIsPlayedBack()
    {
        var link = new ScriptedLink(Paired with { Mood = Mood.Happy, Messages = [Offered("0")] });
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, open mb, ping 1"));
        Assert.That(link.On(Echo(Phase.Pake), Echo(Phase.Version), Echo("0")), Is.EqualTo("close mb happy"));
    }

    [Test]
    public void WaitsForTheKey_IsNotFlushed()
    {
        var link = new ScriptedLink(Paired with { Mood = Mood.Errory, Messages = [Waiting("0")] });
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, close mb errory"));
    }

    [Test]
    public void NobodyBeganAnExchange_NothingIsFlushed()
    {
        var link = new ScriptedLink(WithMailbox with { Mood = Mood.Lonely, IsReleased = true, IsPeerThere = true });
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, close mb lonely"));
    }

    [Test]
    public void MailboxIsClosed_NothingIsFlushed()
    {
        var link = new ScriptedLink(Paired with { Mood = Mood.Happy, IsClosed = true, IsReleased = false, Messages = [Sealed("0")] });
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, release 4"));
        link.On(new ServerMessage.Released());
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Finished));
    }

    [Test]
    public void MailboxUnknown_TheNameplateIsReleasedWithoutAClaim()
    {
        var link = new ScriptedLink(WithCode with { IsHeld = true, Mood = Mood.Lonely });
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, release 4"));
        link.On(new ServerMessage.Released());
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Finished));
    }

    [Test]
    public void AllocateIsUnanswered_ItsAnswerIsAwaitedAndGivenBack()
    {
        var link = new ScriptedLink(ToAllocate);
        link.On(ScriptedLink.Welcome);
        link.Record = link.Record with { Mood = Mood.Lonely };
        Assert.That(link.Play(), Is.Empty);
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
        Assert.That(link.On(new ServerMessage.Allocated("4")), Is.EqualTo("release 4"));
        link.On(new ServerMessage.Released());
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Finished));
    }

    [Test]
    public void ClaimIsUnanswered_TheMailboxItGivesIsClosed()
    {
        var link = new ScriptedLink(WithCode);
        link.On(ScriptedLink.Welcome);
        link.Record = link.Record with { Mood = Mood.Lonely };
        Assert.That(link.Play(), Is.EqualTo("release 4"));
        link.On(new ServerMessage.Released());
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
        Assert.That(link.On(new ServerMessage.Claimed("mb")), Is.EqualTo("close mb lonely"));
        link.On(new ServerMessage.Closed());
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Finished));
    }

    [TestCase("allocate")]
    [TestCase("claim")]
    public void ServerRefusesTheNameplateWhileClosing_IsNotAwaitedForEver(string command)
    {
        var link = new ScriptedLink(ToAllocate);
        link.On(ScriptedLink.Welcome);
        link.Record = link.Record with { Mood = Mood.Lonely };
        link.On(Error(command));
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Finished));
    }

    [Test]
    public void ServerRefusesToClose_IsFinishedAllTheSame()
    {
        var link = new ScriptedLink(WithMailbox with { Mood = Mood.Lonely });
        link.On(ScriptedLink.Welcome);
        Assert.That(link.On(Error("release")), Is.Empty);
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
        Assert.That(link.On(Error("close")), Is.Empty);
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Finished));
    }

    [Test]
    public void StrayIsLeft_IsClosedAndThenNothingElseIsClaimed()
    {
        var link = new ScriptedLink(WithCode with { IsHeld = true, Stray = "mb", Mood = Mood.Lonely });
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, release 4, close mb lonely"));
        link.On(new ServerMessage.Released());
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
        Assert.That(link.On(new ServerMessage.Closed()), Is.Empty);
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Finished));
    }

    [Test]
    public void MailboxIsLostWhileFlushing_WhatItHeldIsAddedAgain()
    {
        var link = new ScriptedLink(Paired with { Mood = Mood.Happy, Messages = [Offered("0")] });
        link.On(ScriptedLink.Welcome);
        Assert.That(link.On(new ServerMessage.Pong("1")), Is.EqualTo("add pake, add version, add 0, close mb happy"));
    }

    [Test]
    public void Poll_IsNeitherPingedNorHungUpWhileItCloses()
    {
        var link = new ScriptedLink(WithMailbox with { Mood = Mood.Lonely }, isPoll: true);
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, release 4, close mb lonely"));
        Assert.That(link.Play(), Is.Empty);
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
    }
}
