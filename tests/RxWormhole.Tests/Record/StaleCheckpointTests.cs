using System.Reactive.Linq;

namespace RxWormhole.Tests.Record;

/// <summary>Rule 3, its second half: a checkpoint that is not the latest shows itself at the first replay, before anything is sent.</summary>
public sealed class StaleCheckpointTests : VirtualTimeFixture
{
    private readonly Drawer drawer = new();

    [SetUp]
    public void ClearJournal() => drawer.All.Clear();

    [Test]
    public void AnyOlderCheckpoint_IsRefusedBeforeAnythingIsSentAndTheLatestStillWorks([Values] LinkMode mode)
    {
        var refused = 0;
        var isLast = false;
        for (var index = 0; !isLast; index++)
        {
            ClearContext();
            drawer.All.Clear();
            var (_, bob) = Talk(mode);
            isLast = index == drawer.All.Count - 1;
            var older = drawer.All[index].ToRecord();
            var latest = drawer.LatestRecord;
            if (older.Mailbox is null || latest.Own.All(own => older.Find(own.Phase) is { IsSealed: true }))
                continue;
            refused++;
            AssertRefused(drawer.All[index], mode);
            AssertLatestWorks(mode, bob);
        }

        Assert.That(refused, Is.GreaterThan(4));
    }

    // The words are known before the replay is: only the mark holds the pake back.
    [Test]
    public void CheckpointOfAHalfTypedCodeAfterThePairing_IsRefusedBeforeThePakeIsSentAgain()
    {
        using var bob = Create("bob");
        bob.SetCode("4-a-b").Subscribe();
        using (var alice = Wormhole.Create(Options("alice") with { Journal = drawer.Store }))
        {
            var input = alice.InputCode();
            input.ChooseNameplate("4").Subscribe();
            Advance(1);
            input.ChooseWords("a-b").Subscribe();
            Advance(2);
        }

        var older = drawer.All.Last(checkpoint => checkpoint.ToRecord().Code is null);
        Assert.That(older.ToRecord().Mailbox, Is.Not.Null);
        var (mailbox, adds) = (Mailbox(), Adds());
        using var restored = Wormhole.Restore(older, Options("alice"));
        var status = Record(restored.Status);
        restored.InputCode().ChooseWords("a-b").Subscribe(_ => { }, _ => { });
        Advance(5);
        Assert.That(status.Values[^1].Outcome!.Error, Is.InstanceOf<StaleCheckpointException>());
        Assert.That(Adds(), Is.EqualTo(adds));
        Assert.That(Mailbox(), Is.EqualTo(mailbox));

        int Adds() => Rendezvous.Transcript.From("alice").Count(frame => frame.Type == "add");
    }

    [Test]
    public void TwoProcessesGoOnWithOneSession_TheSlowerOneIsStoppedWithoutHarm()
    {
        var (latest, bob) = Talk(LinkMode.Push);
        using var first = Wormhole.Restore(latest, Options("alice") with { Entropy = Testing.SeededEntropy.Create(1) });
        using var second = Wormhole.Restore(latest, Options("alice") with { Entropy = Testing.SeededEntropy.Create(2) });
        first.Resume().Subscribe();
        second.Resume().Subscribe(_ => { }, _ => { });
        Advance(1);
        var theirs = Record(bob.Messages);
        var status = Record(second.Status);
        var sent = Record(first.Send("of the first"));
        Advance(1);
        Assert.That(sent.Values, Has.Count.EqualTo(1));
        Assert.That(status.Values[^1].Outcome!.Error, Is.InstanceOf<StaleCheckpointException>());
        Assert.That(theirs.Values[^1].Text, Is.EqualTo("of the first"));
        Assert.That(Record(first.Send("and another")).IsOver, Is.False);
        Advance(1);
        Assert.That(theirs.Values[^1].Text, Is.EqualTo("and another"));
    }

    private void AssertRefused(Checkpoint older, LinkMode mode)
    {
        var mailbox = Mailbox();
        var frames = Rendezvous.Transcript.From("alice").Count();
        var journal = new Drawer();
        using var restored = Wormhole.Restore(Checkpoint.Parse(older.ToJson()), Options("alice") with { Mode = mode, Journal = journal.Store });
        var (status, code) = (Record(restored.Status), Record(restored.Resume()));
        var sent = Record(restored.Send("must not go out"));
        Advance(20);
        var after = Rendezvous.Transcript.From("alice").Skip(frames).Select(frame => frame.Type).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(status.Values[^1].Outcome!.Error, Is.InstanceOf<StaleCheckpointException>());
            Assert.That(sent.Error, Is.InstanceOf<StaleCheckpointException>());
            Assert.That(code.IsOver && status.IsCompleted, Is.True);
            Assert.That(after, Has.None.EqualTo("add").And.None.EqualTo("close").And.None.EqualTo("claim"));
            Assert.That(Mailbox(), Is.EqualTo(mailbox), "nothing was added or closed");
            Assert.That(journal.All.Any(checkpoint => checkpoint.IsEnded), Is.False);
            Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
        });
    }

    private void AssertLatestWorks(LinkMode mode, Wormhole bob)
    {
        using var restored = Wormhole.Restore(drawer.Latest, Options("alice") with { Mode = mode });
        restored.Resume().Subscribe();
        var sent = Record(restored.Send("last"));
        var theirs = Record(bob.Messages);
        Advance(5);
        Assert.That(sent.Values, Is.EqualTo(new[] { 2 }));
        Assert.That(theirs.Values.Select(message => message.Text), Is.EqualTo(new[] { "0", "1", "last" }));
        bob.Dispose();
    }

    // Alice has sent two messages and her process is gone.
    private (Checkpoint Latest, Wormhole Bob) Talk(LinkMode mode)
    {
        var (alice, bob) = Paired(options => options with { Mode = mode, Journal = drawer.Store });
        for (var i = 0; i < 2; i++)
        {
            alice.Send($"{i}");
            Advance(2);
        }

        alice.Dispose();
        Advance(1);
        return (drawer.Latest, bob);
    }

    private string[] Mailbox()
    {
        var application = Rendezvous.Applications["example.com/test"];
        var mailbox = application.Mailboxes.Single();
        return
        [
            .. application.Read(mailbox).Select(message => $"{message.Side} {message.Phase} {message.Body}"),
            .. application.FindMailbox(mailbox)!.Sides.Select(side => side.ToString()),
        ];
    }
}
