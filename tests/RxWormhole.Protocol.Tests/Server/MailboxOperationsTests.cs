namespace RxWormhole.Protocol.Tests.Server;

public sealed class MailboxOperationsTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private MemoryMailboxes store = null!;

    [SetUp]
    public void OpenByOne()
    {
        store = new MemoryMailboxes();
        Run("a", new Operation.Open("m", null));
    }

    [Test]
    public void RefusedOpen_ReplaysNothing()
    {
        Run("b", new Operation.Open("m", null));
        Run("a", new Operation.Add("m", "0", "00", "null"));
        var refused = Run("c", new Operation.Open("m", null));
        Assert.That(refused.Refusal, Is.EqualTo("crowded"));
        Assert.That(refused.Replay, Is.Null);
        Assert.That(Run("b", new Operation.Open("m", null)).Replay, Has.Count.EqualTo(1));
    }

    [Test]
    public void Prune_TellsWhetherTheMailboxWent()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Prune(11), Is.False, "not over yet");
            Assert.That(Prune(12, isSubscribed: true), Is.False, "touched");
            Assert.That(Prune(22), Is.False, "that counts from the touch");
            Assert.That(Prune(24), Is.True);
            Assert.That(Prune(24), Is.False, "gone already");
        });
    }

    [Test]
    public void LifetimeIsOver_TheMailboxGoesThoughSomebodyListens()
    {
        var keep = new KeepPolicy(TimeSpan.FromMinutes(11), TimeSpan.FromDays(1), Lifetime: TimeSpan.FromMinutes(30));
        Run("a", new Operation.Open("n", Keep: 86400), context => context with { Keep = keep });
        Assert.Multiple(() =>
        {
            Assert.That(store.FindMailbox("n")!.Expires, Is.EqualTo(Start.AddMinutes(30)), "a day was asked for, half an hour is all there is");
            Assert.That(MailboxOperations.Prune(store, "n", isSubscribed: true, Start.AddMinutes(30)), Is.Null);
            Assert.That(MailboxOperations.Prune(store, "n", isSubscribed: true, Start.AddMinutes(31))?.Mailbox?.Id, Is.EqualTo("n"));
            Assert.That(store.FindMailbox("n"), Is.Null);
        });
    }

    [Test]
    public void Expired_ComeInTheOrderInWhichTheyExpire()
    {
        Run("a", new Operation.Open("z", null));
        Run("a", new Operation.Open("b", 60), context => context with { Now = Start.AddMinutes(-1) });
        Run("a", new Operation.Add("z", "0", "00", "null"), context => context with { Now = Start.AddMinutes(5) });
        Assert.Multiple(() =>
        {
            Assert.That(store.Expired(Start.AddMinutes(11)), Is.EqualTo(new[] { "b" }));
            Assert.That(store.Expired(Start.AddMinutes(12)), Is.EqualTo(new[] { "b", "m" }));
            Assert.That(store.Expired(Start.AddMinutes(17)), Is.EqualTo(new[] { "b", "m", "z" }), "the message touched it");
        });
    }

    [Test]
    public void FullMailbox_TakesNoMore()
    {
        var quota = new MailboxQuota(Messages: 2, Size: 19);
        Assert.Multiple(() =>
        {
            Assert.That(Add("0", "00aa").Refusal, Is.Null);
            Assert.That(Add("1", "0000").Refusal, Does.Contain("full").And.Contain("19 characters"));
            Assert.That(Add("1", "00").Refusal, Is.Null);
            Assert.That(Add("2", "").Refusal, Does.Contain("full").And.Contain("2 messages"));
            Assert.That(store.Read("m"), Has.Count.EqualTo(2), "what was refused is not stored");
            Assert.That(store.Size, Is.EqualTo(2 * "anull0".Length + "00aa00".Length));
        });
        OperationResult Add(string phase, string body) =>
            Run("a", new Operation.Add("m", phase, body, "null"), context => context with { Quota = quota });
    }

    [Test]
    public void WhoMayMakeNoMailbox_StillTakesPartInOneThatIsThere()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Try("b", new Operation.Open("m", null)).Refusal, Is.Null);
            Assert.That(Try("b", new Operation.Open("other", null)).Refusal, Is.EqualTo("too many"));
            Assert.That(Try("b", new Operation.Claim("4", null)).Refusal, Is.EqualTo("too many"));
            Assert.That(Try("b", new Operation.Allocate()).Refusal, Is.EqualTo("too many"));
            Assert.That(store.Nameplates, Is.Empty);
            Assert.That(store.Mailboxes, Is.EqualTo(new[] { "m" }));
        });
        OperationResult Try(string side, Operation operation) => Run(side, operation, context => context with { Refusal = "too many" });
    }

    [Test]
    public void RepeatedAdd_IsEchoedAndStoredOnce()
    {
        var first = Repeatable("a", new Operation.Add("m", "0", "00", "\"x\""));
        var again = Repeatable("a", new Operation.Add("m", "0", "00", "\"y\""));
        Assert.Multiple(() =>
        {
            Assert.That(again.Reply, Is.EqualTo(first.Added));
            Assert.That(again.Added, Is.Null, "nobody else is told twice");
            Assert.That(Repeatable("a", new Operation.Add("m", "0", "01", "null")).Added, Is.Not.Null, "another body is another message");
            Assert.That(Repeatable("b", new Operation.Open("m", null)).Replay, Has.Count.EqualTo(2));
            Assert.That(Repeatable("b", new Operation.Add("m", "0", "00", "null")).Added, Is.Not.Null, "another side's is another message");
        });
    }

    [Test]
    public void ClaimRepeatedAfterTheRelease_IsAnsweredWhileTheOtherSideHoldsTheNameplate()
    {
        var claimed = Repeatable("a", new Operation.Claim("4", null)).Reply;
        Repeatable("b", new Operation.Claim("4", null));
        Repeatable("a", new Operation.Release("4"));
        Assert.Multiple(() =>
        {
            Assert.That(Repeatable("a", new Operation.Claim("4", null)).Reply, Is.EqualTo(claimed));
            Assert.That(Run("a", new Operation.Claim("4", null)).Refusal, Is.EqualTo("reclaimed"), "on a connection it is a mistake");
            Assert.That(store.FindNameplate("4")!.Sides.Single(side => side.Side == "a").IsClaimed, Is.False, "it stays released");
        });
    }

    [TestCase(0, 3)]
    [TestCase(1, 2)]
    [TestCase(3, 0)]
    [TestCase(int.MaxValue, 0)]
    public void OpenSince_LeavesOutTheFirst(int since, int left)
    {
        for (var i = 0; i < 3; i++)
            Run("a", new Operation.Add("m", $"{i}", "00", "null"));
        var replay = Run("a", new Operation.Open("m", null, since)).Replay!;
        Assert.That(replay.Select(message => message.Phase), Is.EqualTo(Enumerable.Range(3 - left, left).Select(i => $"{i}")));
    }

    private OperationResult Repeatable(string side, Operation operation) => Run(side, operation, context => context with { MayRepeat = true });

    private OperationResult Run(string side, Operation operation, Func<OperationContext, OperationContext> change) =>
        MailboxOperations.Run(store, operation, change(new OperationContext(side, Start, KeepPolicy.Reference, "fresh", 0)));

    private bool Prune(int minutes, bool isSubscribed = false) => MailboxOperations.Prune(store, "m", isSubscribed, Start.AddMinutes(minutes)) is not null;

    private OperationResult Run(string side, Operation operation) =>
        MailboxOperations.Run(store, operation, new OperationContext(side, Start, KeepPolicy.Reference, "fresh", 0));
}
