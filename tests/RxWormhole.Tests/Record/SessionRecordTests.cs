using RxWormhole.Protocol;
using static RxWormhole.Tests.Record.SessionRecords;

namespace RxWormhole.Tests.Record;

/// <summary>What a message of the server means for a session, as a table.</summary>
public sealed class SessionRecordTests
{
    [Test]
    public void Allocated_GivesTheCode()
    {
        var step = ToAllocate.On(new ServerMessage.Allocated("4"));
        Assert.That(step, Is.EqualTo(new RecordStep(ToAllocate with { Nameplate = "4", Code = "4-a-b", IsHeld = true })));
    }

    [Test]
    public void Claimed_GivesTheMailboxOnce()
    {
        var step = WithNameplate.On(new ServerMessage.Claimed("mb"));
        Assert.That(step, Is.EqualTo(new RecordStep(WithNameplate with { Mailbox = "mb" })));
        Assert.That(step.Record.On(new ServerMessage.Claimed("mb")), Is.EqualTo(new RecordStep(step.Record)), "the same again is no news");
    }

    [Test]
    public void Released_IsNoted() =>
        Assert.That(WithMailbox.On(new ServerMessage.Released()), Is.EqualTo(new RecordStep(WithMailbox with { IsReleased = true })));

    [Test]
    public void Closed_IsNoted() =>
        Assert.That(WithMailbox.On(new ServerMessage.Closed()), Is.EqualTo(new RecordStep(WithMailbox with { IsClosed = true })));

    [Test]
    public void ClosedWhileThereIsAStray_IsAboutThatOne()
    {
        var record = WithCode with { Stray = "mb" };
        Assert.That(record.On(new ServerMessage.Closed()), Is.EqualTo(new RecordStep(record with { Stray = null })));
    }

    private static IEnumerable<TestCaseData> Nonsense()
    {
        yield return Case("allocated, not asked for", New, new ServerMessage.Allocated("4"), "a nameplate that nobody asked for");
        yield return Case("allocated again", ToAllocate with { Nameplate = "4" }, new ServerMessage.Allocated("5"), "a nameplate that nobody asked for");
        yield return Case("allocated a word", ToAllocate, new ServerMessage.Allocated("four"), "a nameplate that is not a number");
        yield return Case("claimed, not asked for", New, new ServerMessage.Claimed("mb"), "a mailbox that nobody asked for");
        yield return Case("claimed another", WithMailbox, new ServerMessage.Claimed("mb2"), "a mailbox that nobody asked for");
        yield return Case("claimed nothing", WithNameplate, new ServerMessage.Claimed(""), "a mailbox whose name is empty or too long");
        yield return Case("claimed too much", WithNameplate, new ServerMessage.Claimed(new string('m', 1001)), "a mailbox whose name is empty or too long");
        yield return Case("body of half a byte", WithMailbox, new ServerMessage.Message(Theirs, "0", "abc"), "a message whose body is not hex");
        yield return Case("body of letters", WithMailbox, new ServerMessage.Message(Theirs, "0", "xy"), "a message whose body is not hex");
        yield return Case("body half in hex", WithMailbox, new ServerMessage.Message(Theirs, "0", "00x0"), "a message whose body is not hex");
        yield return Case("side is nobody", WithMailbox, new ServerMessage.Message("", "0", "00"), "a message of a side whose name is empty or too long");

        static TestCaseData Case(string name, SessionRecord record, ServerMessage message, string said) =>
            new TestCaseData(record, message, said).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Nonsense))]
    public void WhatNoServerMaySay_EndsTheSessionAndChangesNothing(object record, ServerMessage message, string said)
    {
        var before = (SessionRecord)record;
        var step = before.On(message);
        Assert.That(step with { Fault = null }, Is.EqualTo(new RecordStep(before)));
        Assert.That(step.Fault, Is.InstanceOf<ServerException>().With.Property("Fault").EqualTo(ServerFault.Protocol).And.Property("Mood").EqualTo(Mood.Errory));
        Assert.That(step.Fault!.Message, Is.EqualTo($"The server sent {said}."));
    }

    [TestCaseSource(nameof(Nonsense))]
    public void WhatNoServerMaySay_WhileClosing_IsPassedOver(object record, ServerMessage message, string said)
    {
        var closing = (SessionRecord)record with { Mood = Mood.Happy };
        Assert.That(closing.On(message), Is.EqualTo(new RecordStep(closing)), said);
    }

    [Test]
    public void LongestMailboxAndSide_AreTaken()
    {
        var longest = new string('m', 1000);
        Assert.That(WithNameplate.On(new ServerMessage.Claimed(longest)).Record.Mailbox, Is.EqualTo(longest));
        Assert.That(WithMailbox.On(new ServerMessage.Message(longest, "0", "")).Peer?.Side, Is.EqualTo(longest));
    }

    [Test]
    public void OwnMessage_IsEchoedOnce()
    {
        var record = WithMailbox with { Pake = Offered(Phase.Pake) };
        var step = record.On(Echo(Phase.Pake));
        Assert.That((step.Echoed, step.Peer, step.Fault), Is.EqualTo((Phase.Pake, (PeerMessage?)null, (WormholeException?)null)));
        Assert.That((step.Record.Pake!.IsOffered, step.Record.Pake.IsEchoed, step.Record.IsPeerThere), Is.EqualTo((true, true, false)));
        Assert.That(step.Record.On(Echo(Phase.Pake)), Is.EqualTo(new RecordStep(step.Record)));
    }

    [Test]
    public void OwnMessageInCapitals_IsTheSame()
    {
        var step = WithMailbox.On(new ServerMessage.Message(Ours, Phase.Pake, Hex(Phase.Pake).ToUpperInvariant()));
        Assert.That(step.Echoed, Is.EqualTo(Phase.Pake));
    }

    [Test]
    public void OwnMessageOfALostLink_IsOfferedToo()
    {
        var step = WithMailbox.On(Echo(Phase.Pake));
        Assert.That((step.Record.Pake!.IsOffered, step.Record.Pake.IsEchoed), Is.EqualTo((true, true)));
    }

    private static IEnumerable<TestCaseData> Later()
    {
        yield return Case("phase of a later checkpoint", Echo("0"));
        yield return Case("phase nobody knows", Echo("dilate-0"));
        yield return Case("other body", new ServerMessage.Message(Ours, Phase.Pake, "00"));
        yield return Case("body that is longer", new ServerMessage.Message(Ours, Phase.Pake, Hex(Phase.Pake) + "00"));
        yield return Case("no hex", new ServerMessage.Message(Ours, Phase.Pake, "xyz"));
        yield return Case("not sealed yet", Echo("0"), WithMailbox with { Messages = [Waiting("0")] });

        static TestCaseData Case(string name, ServerMessage message, SessionRecord? record = null) =>
            new TestCaseData(record ?? WithMailbox, message).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Later))]
    public void OwnMessageWeDidNotSend_ShowsALaterCheckpoint(object record, ServerMessage message)
    {
        var step = ((SessionRecord)record).On(message);
        Assert.That(step.Fault, Is.InstanceOf<StaleCheckpointException>());
        Assert.That(step with { Fault = null }, Is.EqualTo(new RecordStep((SessionRecord)record)));
    }

    [Test]
    public void MessageOfAnother_ShowsThatThePeerIsThere()
    {
        var step = WithMailbox.On(Peer("version"));
        Assert.That(step.Record, Is.EqualTo(WithMailbox with { IsPeerThere = true }));
        Assert.That((step.Peer!.Side, step.Peer.Phase, step.Echoed, step.Fault), Is.EqualTo((Theirs, "version", (string?)null, (WormholeException?)null)));
        Assert.That(step.Peer.Body.ToArray(), Is.EqualTo(Body("version")));
        Assert.That(step.Record.On(Peer("0")).Record, Is.SameAs(step.Record), "no change, no checkpoint");
    }

    [Test]
    public void FirstPake_IsTheOneThatCounts()
    {
        var step = WithMailbox.On(Peer(Phase.Pake));
        Assert.That((step.Record.PeerSide, step.Record.IsPeerThere), Is.EqualTo((Theirs, true)));
        Assert.That(step.Record.PeerPake.ToArray(), Is.EqualTo(Body(Phase.Pake)));
        var again = step.Record.On(Peer(Phase.Pake));
        Assert.That((again.Record, again.Fault), Is.EqualTo((step.Record, (WormholeException?)null)), "played back");
    }

    [Test]
    public void SecondPakeOfTheSameSide_IsScary()
    {
        var record = WithMailbox.On(Peer(Phase.Pake)).Record;
        var step = record.On(new ServerMessage.Message(Theirs, Phase.Pake, "00"));
        Assert.That(step.Fault, Is.InstanceOf<WrongCodeException>().With.Property("Mood").EqualTo(Mood.Scary).And.Message.Contains("it began a second key exchange"));
        Assert.That((step.Record, step.Peer), Is.EqualTo((record, (PeerMessage?)null)));
    }

    [Test]
    public void PakeOfAThirdSide_ChangesNothing()
    {
        var record = WithMailbox.On(Peer(Phase.Pake)).Record;
        var step = record.On(new ServerMessage.Message("third", Phase.Pake, "00"));
        Assert.That((step.Record, step.Fault, step.Peer!.Side), Is.EqualTo((record, (WormholeException?)null, "third")), "the exchange passes it over");
    }

    [Test]
    public void WhatIsOfNoConcern_ChangesNothing()
    {
        foreach (var message in new ServerMessage[] { new ServerMessage.Ack("null"), new ServerMessage.Pong("1"), new ServerMessage.Unknown("x"), new ServerMessage.Nameplates([]) })
            Assert.That(WithMailbox.On(message), Is.EqualTo(new RecordStep(WithMailbox)));
    }
}
