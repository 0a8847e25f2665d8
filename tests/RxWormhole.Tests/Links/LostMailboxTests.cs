using RxWormhole.Protocol;

namespace RxWormhole.Tests.Links;

/// <summary>A server that restarts, with its data and without.</summary>
public sealed class LostMailboxTests : VirtualTimeFixture
{
    [TestCase(LinkMode.Push)]
    [TestCase(LinkMode.Poll)]
    public void ServerRestartsWithItsData_NobodyNotices(LinkMode mode)
    {
        var (a, b) = Paired(options => options with { Mode = mode }, options => options with { Mode = mode });
        Rendezvous.Restart();
        a.Send("after");
        var messages = Record(b.Messages);
        Advance(10);
        Assert.That(messages.Values.Single().Text, Is.EqualTo("after"));
        AssertEndsClean(a, b);
    }

    [TestCase(LinkMode.Push)]
    [TestCase(LinkMode.Poll)]
    public void ServerLosesItsDataAfterThePairing_BothAddAgainAndGoOn(LinkMode mode)
    {
        var (a, b) = Paired(options => options with { Mode = mode }, options => options with { Mode = mode });
        a.Send("before");
        Advance(2);
        Rendezvous.Restart(keepData: false);
        a.Send("after");
        var messages = Record(b.Messages);
        Advance(10);
        Assert.That(messages.Values.Select(message => message.Text), Is.EqualTo(new[] { "before", "after" }));
        Assert.That(Rendezvous.Transcript.From("alice").Count(frame => frame.Type == "claim"), Is.EqualTo(1), "once the peer was seen, never claim again");
        AssertEndsClean(a, b);
    }

    [TestCase(LinkMode.Push)]
    [TestCase(LinkMode.Poll)]
    public void ServerLosesItsDataBeforeThePeerCame_TheNameplateIsClaimedAgain(LinkMode mode)
    {
        using var a = Wormhole.Create(Options("alice") with { Mode = mode });
        using var b = Wormhole.Create(Options("bob") with { Mode = mode });
        var code = Record(a.AllocateCode());
        Advance(2);
        Rendezvous.Restart(keepData: false);
        Advance(10);
        Assert.That(Rendezvous.Applications["example.com/test"].Mailboxes, Has.Count.EqualTo(1), "the mailbox nobody knows was closed");
        b.SetCode(code.Values[0]).Subscribe();
        var verifiers = new[] { Record(a.Verifier), Record(b.Verifier) };
        Advance(5);
        Assert.That(verifiers[0].Values.Single(), Is.EqualTo(verifiers[1].Values.Single()));
        AssertEndsClean(a, b);
    }

    [Test]
    public void WhatWasLostDoesNotComeBackInTime_TheServerIsNamed()
    {
        // Bob has seen alice's pake and is gone for good when the server forgets.
        using var a = Create("alice");
        var code = Record(a.AllocateCode());
        Advance(1);
        var b = Create("bob");
        Rendezvous.Client("bob").Faults = new Testing.LinkFaults().Losing(frame => frame.IsFromClient && frame.Text.Contains("\"phase\":\"version\"", StringComparison.Ordinal));
        b.SetCode(code.Values[0]).Subscribe();
        Advance(1);
        b.Dispose();
        Rendezvous.Restart(keepData: false);
        var messages = Record(a.Messages);
        Advance(400);
        Assert.That(messages.Error, Is.InstanceOf<ServerException>().With.Property("Fault").EqualTo(ServerFault.Forgotten));
    }

    private void AssertEndsClean(Wormhole a, Wormhole b)
    {
        var closed = new[] { Record(a.Close()), Record(b.Close()) };
        Advance(5);
        Assert.That(closed.Select(each => each.Values.Single()), Is.All.EqualTo(new CloseResult(Mood.Happy, true)));
        PlainSession.AssertNothingLeft(Rendezvous);
    }
}
