using RxWormhole.Protocol;
using static RxWormhole.Tests.Record.SessionRecords;

namespace RxWormhole.Tests.Record;

/// <summary>What can be told from a record alone: its stage, its age, whether anything is left on the server.</summary>
public sealed class SessionRecordStateTests
{
    private static IEnumerable<TestCaseData> Stages()
    {
        yield return new TestCaseData(New, WormholeStage.GettingCode).SetArgDisplayNames("new");
        yield return new TestCaseData(WithNameplate, WormholeStage.GettingCode).SetArgDisplayNames("nameplate chosen");
        yield return new TestCaseData(WithMailbox, WormholeStage.WaitingForPeer).SetArgDisplayNames("code");
        yield return new TestCaseData(WithMailbox with { IsPeerThere = true }, WormholeStage.WaitingForPeer).SetArgDisplayNames("peer without a pake");
        yield return new TestCaseData(WithPeer, WormholeStage.Exchanging).SetArgDisplayNames("pake");
        yield return new TestCaseData(Paired, WormholeStage.Paired).SetArgDisplayNames("confirmed");
        yield return new TestCaseData(Paired with { Mood = Mood.Happy }, WormholeStage.Closing).SetArgDisplayNames("closing");
        yield return new TestCaseData(New with { Mood = Mood.Lonely }, WormholeStage.Closing).SetArgDisplayNames("closing at once");
    }

    [TestCaseSource(nameof(Stages))]
    public void Stage_IsTheFurthestThatWasReached(object record, WormholeStage stage) =>
        Assert.That(((SessionRecord)record).Stage, Is.EqualTo(stage));

    [TestCase(-3600, 0)]
    [TestCase(0, 0)]
    [TestCase(1, 1)]
    [TestCase(86400, 86400)]
    public void Age_IsNeverNegative(double seconds, double age) =>
        Assert.That(New.Age(New.Started.AddSeconds(seconds)), Is.EqualTo(TimeSpan.FromSeconds(age)));

    private static IEnumerable<TestCaseData> Remains()
    {
        yield return Case("nothing was asked for", New, true);
        yield return Case("nameplate held", WithNameplate with { IsHeld = true }, false);
        yield return Case("nameplate released", WithNameplate with { IsHeld = true, IsReleased = true }, true);
        yield return Case("nameplate chosen, not claimed", WithNameplate, true);
        yield return Case("mailbox open", WithMailbox with { IsReleased = true }, false);
        yield return Case("mailbox closed", WithMailbox with { IsReleased = true, IsClosed = true }, true);
        yield return Case("mailbox closed, nameplate held", WithMailbox with { IsClosed = true }, false);
        yield return Case("stray mailbox", WithNameplate with { IsHeld = true, IsReleased = true, Stray = "mb" }, false);

        static TestCaseData Case(string name, SessionRecord record, bool isSettled) => new TestCaseData(record, isSettled).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Remains))]
    public void Settled_MeansThatNothingIsLeftOnTheServer(object record, bool isSettled) =>
        Assert.That(((SessionRecord)record).IsSettled, Is.EqualTo(isSettled));
}
