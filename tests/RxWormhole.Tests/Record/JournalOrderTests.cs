using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Record;

/// <summary>Rule 1: change, checkpoint, wait for the journal, then the effect.</summary>
public sealed class JournalOrderTests : VirtualTimeFixture
{
    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(0.1);

    private readonly List<string> early = [];
    private SessionRecord? stored;
    private int writing;
    private int written;

    [SetUp]
    public void ClearJournal()
    {
        early.Clear();
        (stored, writing, written) = (null, 0, 0);
    }

    [Test]
    public void SlowJournal_NothingIsSentOrToldBeforeWhatItFollowsFromIsStored([Values] LinkMode mode, [Values] bool isAllocating)
    {
        Rendezvous.Client("alice").Faults = LinkFaults.None with { Rewrite = LookAt };
        using var watched = Wormhole.Create(Options("alice") with { Mode = mode, Journal = Store });
        using var other = Create("bob");
        Watch(watched.Code, "code", code => stored!.Code == code);
        Watch(watched.Verifier, "verifier", _ => stored!.IsConfirmed);
        Watch(watched.Versions, "versions", _ => stored!.IsConfirmed);
        Watch(watched.Messages, "message", _ => stored!.IsConfirmed);
        var (first, second) = isAllocating ? (watched, other) : (other, watched);
        var code = Record(first.AllocateCode());
        Advance(2);
        second.SetCode(code.Values.Single()).Subscribe();
        var sent = Enumerable.Range(0, 3).Select(i => watched.Send($"{i}")).ToArray();
        for (var i = 0; i < sent.Length; i++)
        {
            var phase = Phase.Of(i);
            Watch(sent[i], $"send {i}", _ => stored!.Find(phase)!.IsEchoed);
        }

        other.Send("theirs");
        var received = Record(watched.Receive());
        Advance(20);
        Assert.That(received.Values.Single().Text, Is.EqualTo("theirs"));
        Watch(watched.Close(), "closed", _ => stored!.IsEnded);
        var closed = new[] { Record(watched.Close()), Record(other.Close()) };
        Advance(20);
        Assert.Multiple(() =>
        {
            Assert.That(early, Is.Empty);
            Assert.That(closed.Select(each => each.Values.Single()), Is.All.EqualTo(new CloseResult(Mood.Happy, true)));
            Assert.That(written, Is.GreaterThan(10));
            Assert.That(stored!.IsEnded, Is.True);
        });
        PlainSession.AssertNothingLeft(Rendezvous);
    }

    [Test]
    public void JournalThatIsNotDoneYet_HoldsBackTheVeryFirstFrame()
    {
        using var wormhole = Wormhole.Create(Options("alice") with { Journal = _ => Observable.Never<Unit>() });
        var code = Record(wormhole.AllocateCode());
        Advance(15);
        Assert.That(Rendezvous.Transcript.From("alice"), Is.Empty);
        Assert.That(code.Notifications, Is.Empty);
    }

    [Test]
    public void Checkpoints_AreWhatTheJournalGotOnceItHasIt()
    {
        var journal = new List<string>();
        using var wormhole = Wormhole.Create(Options("alice") with
        {
            Journal = checkpoint => Observable.Timer(Slowness, Clock).Do(_ => journal.Add(checkpoint.ToJson())).Select(_ => Unit.Default),
        });
        var checkpoints = Record(wormhole.Checkpoints.Select(checkpoint => checkpoint.ToJson()));
        var late = new List<Recorder<string>>();
        checkpoints.OnValue = _ => Assert.That(checkpoints.Values, Is.EqualTo(journal), "not before it is stored, and no other");
        wormhole.AllocateCode().Subscribe();
        for (var i = 0; i < 20; i++)
        {
            Advance(0.03);
            late.Add(Record(wormhole.Checkpoints.Select(checkpoint => checkpoint.ToJson())));
        }

        Advance(5);
        Assert.That(checkpoints.Values, Has.Count.GreaterThan(3));
        foreach (var each in late)
            Assert.That(each.Values, Is.EqualTo(checkpoints.Values.TakeLast(each.Values.Count)), "the latest at once, and from there on forward only");
        Assert.That(late.Select(each => each.Values.Count), Is.Ordered.Descending);
        Assert.That(late[^1].Values, Is.Not.Empty);
    }

    // A message that waits for its key makes each document large; what is not written is not allocated.
    [Test]
    public void WriteThatHasBegun_GoesOnWhenTheWormholeIsDisposedOf()
    {
        var (begun, done) = (0, 0);
        var options = Options("alice");
        var wormhole = Wormhole.Create(options with
        {
            Journal = _ => Observable.Create<Unit>(observer =>
            {
                begun++;
                return options.Scheduler.Schedule(TimeSpan.FromSeconds(1), () =>
                {
                    done++;
                    observer.OnCompleted();
                });
            }),
        });
        wormhole.SetCode("4-a-b").Subscribe(_ => { }, _ => { });
        Advance(0.5);
        wormhole.Dispose();
        Advance(5);
        Assert.That((begun, done), Is.EqualTo((1, 1)), "half a checkpoint would be worse than none");
    }

    [Test]
    public void WriteThatHasNotBegun_DoesNotBeginAnyMore()
    {
        var wormhole = Wormhole.Create(Options("alice") with { Journal = _ => Observable.Empty<Unit>().Do(_ => { }, () => written++) });
        wormhole.SetCode("4-a-b").Subscribe(_ => { }, _ => { });
        wormhole.Dispose();
        Advance(5);
        Assert.That(written, Is.Zero);
    }

    [Test]
    public void NeitherJournalNorSubscriber_NoDocumentIsWritten()
    {
        const int size = 1 << 20;
        Assert.That(Allocated(size, isWatched: false), Is.LessThan(4L * size));
        Assert.That(Allocated(size, isWatched: true), Is.GreaterThan(8L * size), "or the measure is none");
    }

    private long Allocated(int size, bool isWatched)
    {
        ClearContext();
        using var wormhole = Create("alice");
        wormhole.Send(new byte[size]);
        using var watching = isWatched ? wormhole.Checkpoints.Subscribe() : null;
        var before = GC.GetAllocatedBytesForCurrentThread();
        wormhole.AllocateCode().Subscribe();
        Advance(5);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private IObservable<Unit> Store(Checkpoint checkpoint)
    {
        Assert.That(writing++, Is.Zero, "one at a time");
        return Observable.Timer(Slowness, Clock).Select(_ =>
        {
            stored = checkpoint.ToRecord();
            writing--;
            written++;
            return Unit.Default;
        });
    }

    private void Watch<T>(IObservable<T> stream, string name, Predicate<T> isStored) =>
        stream.Subscribe(value => Note(name, stored is not null && isStored(value)), _ => { });

    private IEnumerable<VirtualFrame> LookAt(VirtualFrame frame)
    {
        if (frame.IsFromClient)
            Note(frame.Text, stored is not null && IsStored(MessageCodec.ReadCommand(frame.Bytes.Span).Message!));
        return [frame];
    }

    private void Note(string what, bool isStored)
    {
        if (!isStored)
            early.Add($"{Now}: {what}");
    }

    private bool IsStored(ClientMessage command) => command switch
    {
        ClientMessage.Bind bind => stored!.Side == bind.Side,
        ClientMessage.Allocate => stored!.Words is not null,
        ClientMessage.Claim claim => stored!.Nameplate == claim.Nameplate && stored.IsHeld,
        ClientMessage.Open open => stored!.Mailbox == open.Mailbox,
        ClientMessage.Release => stored!.IsPeerThere,
        ClientMessage.Close close => stored!.Mood?.ToWire() == close.Mood,
        ClientMessage.Add add =>
            stored!.Find(add.Phase) is { IsSealed: true, IsOffered: true } own && Convert.ToHexStringLower(own.Bytes.Span) == add.Body
            && (add.Phase == Phase.Pake || stored.PeerSide is not null)
            && (add.Phase is Phase.Pake or Phase.Version || stored.IsConfirmed),
        _ => true,
    };
}
