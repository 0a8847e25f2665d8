using RxWormhole.Protocol;
using static RxWormhole.Tests.Record.SessionRecords;

namespace RxWormhole.Tests.Links;

/// <summary>The script of a push link as a table: what is in the record, what the server says, what goes out.</summary>
public sealed class LinkScriptTests
{
    [Test]
    public void NoWelcomeYet_NothingGoesOut()
    {
        var link = new ScriptedLink(WithCode);
        Assert.That(link.Play(), Is.Empty);
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
    }

    [Test]
    public void Welcome_BindsOnceAndAsksWhetherTheLinkWorks()
    {
        var link = new ScriptedLink(New);
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, ping 1"));
        Assert.That(link.Play(), Is.Empty);
        Assert.That(link.On(new ServerMessage.Pong("1")), Is.Empty);
        Assert.That(link.Verdict, Is.EqualTo(LinkVerdict.Stay));
    }

    [Test]
    public void Bind_SaysWhoWeAre()
    {
        var link = new ScriptedLink(New);
        link.Link = link.Link.On(ScriptedLink.Welcome, Ours);
        Assert.That(link.Next()[0], Is.EqualTo(new ClientMessage.Bind("example.com/test", Ours, new ClientVersion("test", "1.2.3"))));
    }

    [Test]
    public void PermissionRequired_IsWaitedForAndShownBeforeBind()
    {
        var link = new ScriptedLink(New);
        Assert.That(link.On(new ServerMessage.Welcome(new WelcomeInfo { Permission = new PermissionRequired() })), Is.Empty);
        link.Link = link.Link with { Missing = null, Permission = new ClientMessage.SubmitPermissions("hashcash", "1:2") };
        Assert.That(link.Play(), Is.EqualTo("permission, bind, ping 1"));
        Assert.That(link.Play(), Is.Empty);
    }

    [Test]
    public void NoNameplate_IsAllocatedThenClaimedThenTheMailboxIsOpened()
    {
        var link = new ScriptedLink(ToAllocate);
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, allocate"));
        Assert.That(link.Play(), Is.Empty);
        Assert.That(link.On(new ServerMessage.Allocated("4")), Is.EqualTo("claim 4"));
        Assert.That(link.Play(), Is.Empty);
        Assert.That(link.On(new ServerMessage.Claimed("mb")), Is.EqualTo("open mb, ping 1"));
    }

    [Test]
    public void Allocated_ButNotClaimedOnALostLink_IsNotAllocatedAgain()
    {
        var link = new ScriptedLink(ToAllocate with { Nameplate = "4", Code = "4-a-b", IsHeld = true });
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, claim 4"));
    }

    [Test]
    public void AllocateUnansweredOnALostLink_IsAskedAgainOnTheNext()
    {
        var link = new ScriptedLink(ToAllocate);
        link.On(ScriptedLink.Welcome);
        Assert.That(link.Redial().On(ScriptedLink.Welcome), Is.EqualTo("bind, allocate"));
    }

    [Test]
    public void Claim_CountsTheNameplateAsOursFromThenOn()
    {
        var link = new ScriptedLink(WithNameplate);
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, claim 4"));
        Assert.That(link.Record.IsHeld, Is.True);
        Assert.That(link.Redial().On(ScriptedLink.Welcome), Is.EqualTo("bind, claim 4"));
    }

    [TestCase(null)]
    [TestCase(7200)]
    public void Keep_IsAskedForInClaimAndOpen(int? keep)
    {
        var link = new ScriptedLink(WithNameplate);
        link.Link = link.Link with { Keep = keep, IsWelcomed = true };
        Assert.That(link.Next(), Does.Contain(new ClientMessage.Claim("4", keep)));
        link.Record = link.Record with { Mailbox = "mb" };
        Assert.That(link.Next(), Does.Contain(new ClientMessage.Open("mb", keep)));
    }

    [Test]
    public void Lists_AreAskedForAsOftenAsWantedUntilThereIsANameplate()
    {
        var link = new ScriptedLink(New) { Lists = 1 };
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, list, ping 1"));
        Assert.That(link.Play(), Is.Empty);
        link.Lists = 3;
        Assert.That(link.Play(), Is.EqualTo("list"));
        Assert.That(link.Play(), Is.Empty);
        link.Lists = 4;
        link.Record = WithNameplate;
        Assert.That(link.Play(), Is.EqualTo("claim 4"));
    }

    [Test]
    public void NameplateIsThere_IsReleasedWhenThePeerIsSeenAndOnlyThen()
    {
        var link = new ScriptedLink(WithMailbox);
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, open mb, add pake, ping 1"));
        Assert.That(link.On(Echo(Phase.Pake), new ServerMessage.Pong("1")), Is.Empty);
        Assert.That(link.On(Peer(Phase.Pake)), Is.EqualTo("release 4"));
        Assert.That(link.Play(), Is.Empty);
        Assert.That(link.On(new ServerMessage.Released()), Is.Empty);
    }

    [Test]
    public void ReleaseUnansweredOnALostLink_GoesOutAgainBeforeOpen()
    {
        var link = new ScriptedLink(WithPeer with { IsReleased = false });
        Assert.That(link.On(ScriptedLink.Welcome), Does.StartWith("bind, release 4, open mb"));
    }

    [Test]
    public void NameplateWasNeverHeld_IsNotReleased()
    {
        var link = new ScriptedLink(WithPeer with { IsHeld = false, IsReleased = false });
        Assert.That(link.On(ScriptedLink.Welcome), Does.StartWith("bind, open mb"));
    }

    [Test]
    public void NameplateReleasedAndMailboxUnknown_IsNotClaimedAgain()
    {
        var link = new ScriptedLink(WithCode with { IsHeld = true, IsReleased = true });
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, ping 1"));
    }

    [Test]
    public void Add_CarriesTheBodyInHexAndMarksItAsOffered()
    {
        var link = new ScriptedLink(WithMailbox);
        link.Link = link.Link.On(ScriptedLink.Welcome, Ours);
        Assert.That(link.Next(), Does.Contain(new ClientMessage.Add(Phase.Pake, Hex(Phase.Pake))));
        Assert.That(link.Record.Pake, Is.EqualTo(WithMailbox.Pake! with { IsOffered = true }).Using<OwnPhase>(SamePhase));
        Assert.That(link.Link.Added, Is.EqualTo(new[] { Phase.Pake }));
        Assert.That(link.Play(), Is.Empty);
    }

    [Test]
    public void NeverOffered_GoesOutInOrderBehindOpenAndBeforeThePing()
    {
        var link = new ScriptedLink(WithPeer with { Pake = Sealed(Phase.Pake), Messages = [Sealed("0"), Sealed("1"), Waiting("2")] });
        Assert.That(link.On(ScriptedLink.Welcome), Is.EqualTo("bind, open mb, add pake, add version, add 0, add 1, ping 1"));
    }

    [Test]
    public void WhatComesUpOnAWorkingLink_GoesOutAtOnce()
    {
        var link = new ScriptedLink(Paired);
        link.On(ScriptedLink.Welcome);
        link.On(Echo(Phase.Pake), Echo(Phase.Version), new ServerMessage.Pong("1"));
        link.Record = link.Record.Accept(Body("0"));
        Assert.That(link.Play(), Is.Empty, "not sealed");
        link.Record = link.Record.Seal(own => own.Bytes);
        Assert.That(link.Play(), Is.EqualTo("add 0"));
        link.Record = link.Record.Accept(Body("1")).Seal(own => own.Bytes);
        Assert.That(link.Play(), Is.EqualTo("add 1"), "before the echo of the one before");
    }

    [Test]
    public void CodeTypedOnAWorkingLink_IsMarkedByASecondPing()
    {
        var link = new ScriptedLink(New);
        Assert.That(link.On(ScriptedLink.Welcome, new ServerMessage.Pong("1")), Is.EqualTo("bind, ping 1"));
        link.On(new ServerMessage.Pong("1"));
        link.Record = WithCode;
        Assert.That(link.Play(), Is.EqualTo("claim 4"));
        Assert.That(link.On(new ServerMessage.Claimed("mb")), Is.EqualTo("open mb, add pake, ping 2"));
        Assert.That(link.Link.SyncPing, Is.EqualTo(2));
    }

    [Test]
    public void TypedNameplate_OpensTheMailboxBeforeThereIsAMessage()
    {
        var link = new ScriptedLink(WithNameplate);
        link.On(ScriptedLink.Welcome);
        Assert.That(link.On(new ServerMessage.Claimed("mb")), Is.EqualTo("open mb, ping 1"));
        link.Record = link.Record with { Pake = Sealed(Phase.Pake) };
        Assert.That(link.Play(), Is.EqualTo("add pake"));
    }

    private static bool SamePhase(OwnPhase one, OwnPhase other) =>
        one with { Bytes = default } == other with { Bytes = default } && one.Bytes.Span.SequenceEqual(other.Bytes.Span);
}
