using RxWormhole.Protocol;
using static RxWormhole.Tests.Record.SessionRecords;

namespace RxWormhole.Tests.Record;

/// <summary>What the server reports as an error, and about which command.</summary>
public sealed class SessionRecordErrorTests
{
    [TestCase("crowded", ServerFault.Crowded, "Nameplate 4 is in use by two others already")]
    [TestCase("reclaimed", ServerFault.Forgotten, "we gave nameplate 4 back")]
    [TestCase("out\nof order", ServerFault.Refused, "The server reported an error: out\\u{a}of order")]
    public void Error_EndsTheSession(string text, ServerFault fault, string said)
    {
        var step = WithNameplate.On(Error("claim", text));
        Assert.That(step.Fault, Is.InstanceOf<ServerException>().With.Property("Fault").EqualTo(fault).And.Property("Mood").EqualTo(Mood.Errory));
        Assert.That(step.Fault!.Message, Does.Contain(said));
        Assert.That(step with { Fault = null }, Is.EqualTo(new RecordStep(WithNameplate)));
    }

    [Test]
    public void ErrorWhileClosing_CountsAsTheAnswer()
    {
        var closing = WithMailbox with { Mood = Mood.Happy, Stray = "stray" };
        Assert.Multiple(() =>
        {
            Assert.That(closing.On(Error("release")), Is.EqualTo(new RecordStep(closing with { IsReleased = true })));
            Assert.That(closing.On(Error("close")), Is.EqualTo(new RecordStep(closing with { IsClosed = true, Stray = null })));
            Assert.That(closing.On(Error("add")), Is.EqualTo(new RecordStep(closing)));
            Assert.That(closing.On(new ServerMessage.Error("crowded", "null")), Is.EqualTo(new RecordStep(closing)));
        });
    }

    [TestCase("""{"type":"claim"}""", "claim")]
    [TestCase("""{"id":"1","type":"add"}""", "add")]
    [TestCase("""{"id":"1"}""", null)]
    [TestCase("""{"type":3}""", null)]
    [TestCase("""{"type":null}""", null)]
    [TestCase("""["type"]""", null)]
    [TestCase("\"claim\"", null)]
    [TestCase("null", null)]
    [TestCase("{", null)]
    [TestCase("", null)]
    [TestCase("""{"type":"\ud800"}""", null)]
    public void CommandOfAnError_IsReadFromWhatTheServerRepeats(string original, string? command) =>
        Assert.That(SessionRecord.CommandOf(new ServerMessage.Error("no", original)), Is.EqualTo(command));
}
