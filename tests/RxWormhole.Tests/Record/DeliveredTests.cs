using System.Reactive.Linq;

namespace RxWormhole.Tests.Record;

/// <summary>Rule 4: the count of delivered messages rises after the observers returned.</summary>
public sealed class DeliveredTests : VirtualTimeFixture
{
    private readonly Drawer drawer = new();

    [SetUp]
    public void ClearJournal() => drawer.All.Clear();

    [Test]
    public void ObserverReturns_OnlyThenTheCountRises([Values] bool isReceive)
    {
        // A journal is called later, when the observer has returned anyway; this stream is not.
        var (a, b) = Paired();
        using var watching = b.Session.Checkpoints.Subscribe(drawer.All.Add);
        var inside = new List<int>();
        void Look(WormholeMessage message)
        {
            b.Send($"answer to {message.Index}");
            inside.Add(drawer.Latest.Delivered);
            Assert.That(drawer.Latest.Accepted, Is.EqualTo(message.Index + 1), "the latest");
        }

        if (isReceive)
            b.Receive().Do(Look).Concat(b.Receive().Do(Look)).Subscribe();
        else
            b.Messages.Subscribe(Look);
        a.Send("0");
        Advance(1);
        Assert.That(drawer.Latest.Delivered, Is.EqualTo(1));
        a.Send("1");
        Advance(1);
        Assert.That(drawer.Latest.Delivered, Is.EqualTo(2));
        Assert.That(inside, Is.EqualTo(new[] { 0, 1 }));
    }

    [Test]
    public void ProcessDiesWhileAnObserverRuns_TheMessageComesAgainWithTheSameIndex([Values] bool isReceive)
    {
        string? atDeath = null;
        var (a, b) = Paired(alice => alice, bob => bob with { Journal = drawer.Store });
        b.Messages.Take(1).Subscribe();
        a.Send("0");
        Advance(1);
        (isReceive ? b.Receive().Concat(b.Receive()).Skip(1) : b.Messages.Skip(1)).Subscribe(_ => atDeath = drawer.All[^1].ToJson());
        a.Send("1");
        Advance(1);
        b.Dispose();

        using var restored = Wormhole.Restore(Checkpoint.Parse(atDeath!), Options("bob"));
        var messages = Record(isReceive ? restored.Receive() : restored.Messages.Take(1));
        restored.Resume().Subscribe();
        Advance(2);
        Assert.That(messages.Values.Single(), Is.EqualTo(messages.Values[0] with { Index = 1 }));
        Assert.That(messages.Values[0].Text, Is.EqualTo("1"));
    }

    [Test]
    public void ProcessDiesAfterTheCountIsStored_TheMessageDoesNotComeAgain()
    {
        var (a, b) = Paired(alice => alice, bob => bob with { Journal = drawer.Store });
        b.Messages.Subscribe();
        a.Send("0");
        Advance(1);
        b.Dispose();
        using var restored = Wormhole.Restore(drawer.Latest, Options("bob"));
        var messages = Record(restored.Messages);
        restored.Resume().Subscribe();
        a.Send("1");
        Advance(5);
        Assert.That(messages.Values.Select(message => (message.Index, message.Text)), Is.EqualTo(new[] { (1, "1") }));
    }

    [Test]
    public void NobodyTakesAMessage_ItIsNotCounted()
    {
        var (a, b) = Paired(alice => alice, bob => bob with { Journal = drawer.Store, ObserverFaulted = _ => { } });
        a.Send("0");
        Advance(1);
        Assert.That(drawer.Latest.Delivered, Is.Zero, "nobody listens");
        b.Messages.Subscribe(_ => throw new InvalidOperationException("the observer fails"));
        Advance(1);
        Assert.That(drawer.Latest.Delivered, Is.Zero, "who throws has not taken it");
        b.Receive().Subscribe().Dispose();
        Advance(1);
        Assert.That(drawer.Latest.Delivered, Is.Zero, "who leaves has not taken it");
        b.Receive().Subscribe();
        Advance(1);
        Assert.That(drawer.Latest.Delivered, Is.EqualTo(1));
    }

    [Test]
    public void SeveralObservers_AllOfThemHaveToReturn()
    {
        var risen = new List<int>();
        var count = new DeliveredCount(5, risen.Add);
        var (five, six, seven) = (Message(5), Message(6), Message(7));
        count.Given(five);
        count.Given(five);
        count.Given(six);
        count.Returned(five);
        count.Returned(six);
        Assert.That(risen, Is.Empty, "one still has the fifth");
        count.Returned(five);
        Assert.That(risen, Is.EqualTo(new[] { 7 }), "the sixth waited for the fifth");
        count.Given(seven);
        count.Given(seven);
        count.Returned(seven);
        count.Dropped(seven);
        Assert.That(risen, Is.EqualTo(new[] { 7, 8 }), "one took it, the other left");
    }

    [Test]
    public void MessageThatWasCounted_IsNotCountedAgain()
    {
        var risen = new List<int>();
        var count = new DeliveredCount(1, risen.Add);
        count.Given(Message(0));
        count.Returned(Message(0));
        Assert.That(risen, Is.Empty);
        count.Given(Message(1));
        count.Dropped(Message(1));
        Assert.That(risen, Is.Empty, "dropped only");
        count.Given(Message(1));
        count.Returned(Message(1));
        count.Given(Message(1));
        count.Returned(Message(1));
        Assert.That(risen, Is.EqualTo(new[] { 2 }));
    }

    private static WormholeMessage Message(int index) => new(index, new byte[1]);
}
