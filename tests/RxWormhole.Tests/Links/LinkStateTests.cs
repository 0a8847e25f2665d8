using RxWormhole.Protocol;
using static RxWormhole.Tests.Record.SessionRecords;

namespace RxWormhole.Tests.Links;

/// <summary>What the server's messages say about one link.</summary>
public sealed class LinkStateTests
{
    private static readonly LinkState Waiting = new() { IsPoll = false, IsAwaitingNameplate = true };
    private static readonly LinkState Pinged = new() { IsPoll = false, Pings = 3, Marks = 1 };

    [Test]
    public void Welcome_IsNotedWithThePermissionItAsksFor()
    {
        var permission = new PermissionRequired { None = true };
        var link = Waiting.On(new ServerMessage.Welcome(new WelcomeInfo { Permission = permission }), Ours);
        Assert.That((link.IsWelcomed, link.Missing), Is.EqualTo((true, permission)));
        Assert.That(Waiting.IsWelcomed, Is.False);
    }

    [TestCase("2", 2)]
    [TestCase("3", 3)]
    [TestCase("1", 1)]
    [TestCase("0", 1)]
    [TestCase("4", 1)]
    [TestCase("+2", 1)]
    [TestCase("-2", 1)]
    [TestCase(" 2", 1)]
    [TestCase("2.0", 1)]
    [TestCase("\"2\"", 1)]
    [TestCase("null", 1)]
    [TestCase("99999999999", 1)]
    [TestCase("", 1)]
    public void Pong_CountsOnlyForAPingThatWasSent(string value, int marks) =>
        Assert.That(Pinged.On(new ServerMessage.Pong(value), Ours), Is.EqualTo(Pinged with { Marks = marks }));

    [Test]
    public void FirstPong_ShowsThatTheLinkWorks()
    {
        var link = new LinkState { IsPoll = false, Pings = 1 };
        Assert.That(link.Works, Is.False);
        Assert.That(link.On(new ServerMessage.Pong("1"), Ours).Works, Is.True);
    }

    [TestCase(0, 0, false)]
    [TestCase(0, 1, false)]
    [TestCase(2, 1, false)]
    [TestCase(2, 2, true)]
    [TestCase(2, 3, true)]
    public void Mark_IsTheAnswerToThePingBehindOpenOrToALaterOne(int syncPing, int marks, bool hasMark) =>
        Assert.That((Pinged with { SyncPing = syncPing, Marks = marks }).HasMark, Is.EqualTo(hasMark));

    private static IEnumerable<TestCaseData> Answers()
    {
        yield return new TestCaseData(new ServerMessage.Allocated("4"), false).SetArgDisplayNames("allocated");
        yield return new TestCaseData(new ServerMessage.Claimed("mb"), false).SetArgDisplayNames("claimed");
        yield return new TestCaseData(Error("allocate"), false).SetArgDisplayNames("error for allocate");
        yield return new TestCaseData(Error("claim"), false).SetArgDisplayNames("error for claim");
        yield return new TestCaseData(new ServerMessage.Error("no", "null"), false).SetArgDisplayNames("error for who knows what");
        yield return new TestCaseData(Error("release"), true).SetArgDisplayNames("error for release");
        yield return new TestCaseData(Error("add"), true).SetArgDisplayNames("error for add");
        yield return new TestCaseData(new ServerMessage.Released(), true).SetArgDisplayNames("released");
        yield return new TestCaseData(new ServerMessage.Ack("null"), true).SetArgDisplayNames("ack");
        yield return new TestCaseData(new ServerMessage.Unknown("news"), true).SetArgDisplayNames("unknown");
    }

    [TestCaseSource(nameof(Answers))]
    public void NameplateIsAwaited_UntilTheServerSpokeAboutIt(ServerMessage answer, bool isAwaited) =>
        Assert.That(Waiting.On(answer, Ours), Is.EqualTo(Waiting with { IsAwaitingNameplate = isAwaited }));

    [Test]
    public void OwnMessage_IsSeenAndNoLongerUnderWay()
    {
        var link = Waiting with { Added = Waiting.Added.Add(Phase.Pake).Add("0") };
        link = link.On(Echo(Phase.Pake), Ours);
        Assert.That(link.Seen, Is.EqualTo(new[] { Phase.Pake }));
        Assert.That(link.Added, Is.EqualTo(new[] { "0" }));
    }

    [Test]
    public void MessageOfAnother_IsNotSeen() => Assert.That(Waiting.On(Peer(Phase.Pake), Ours), Is.SameAs(Waiting));
}
