namespace RxWormhole.Protocol.Tests.Server;

public sealed class MailboxOperationsTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly MemoryMailboxes store = new();

    [SetUp]
    public void OpenByOne() => Run("a", new Operation.Open("m", null));

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

    private bool Prune(int minutes, bool isSubscribed = false) => MailboxOperations.Prune(store, "m", isSubscribed, Start.AddMinutes(minutes));

    private OperationResult Run(string side, Operation operation) =>
        MailboxOperations.Run(store, operation, new OperationContext(side, Start, KeepPolicy.Reference, "fresh", 0));
}
