using System.Reactive.Linq;
using System.Reactive.Subjects;
using Microsoft.Reactive.Testing;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Record;

/// <summary>The plain session, of which either side's process may end: a code is allocated and set, three messages go each way, both sides close.</summary>
internal sealed class MortalSession
{
    private readonly TestScheduler clock;
    private readonly VirtualRendezvous rendezvous;
    private readonly ReplaySubject<string> code = new(1);

    internal MortalSession(TestScheduler clock, VirtualRendezvous rendezvous, LinkMode alice, LinkMode bob)
    {
        this.clock = clock;
        this.rendezvous = rendezvous;
        Alice = new MortalSide("alice", clock, rendezvous, alice, wormhole => wormhole.AllocateCode(), isTalkative: false) { OnCode = code.OnNext };
        Bob = new MortalSide("bob", clock, rendezvous, bob, wormhole => code.Take(1).SelectMany(text => wormhole.SetCode(text)), isTalkative: true);
    }

    internal MortalSide Alice { get; }

    internal MortalSide Bob { get; }

    internal MortalSide Side(string name) => name == Alice.Name ? Alice : Bob;

    /// <summary>Runs both sides to their ends, in at most five minutes of virtual time.</summary>
    internal MortalSession Run()
    {
        Alice.Start();
        Bob.Start();
        for (var step = 0; step < 1200 && !(Alice.IsDone && Bob.IsDone); step++)
            clock.AdvanceBy(TimeSpan.FromMilliseconds(250).Ticks);
        foreach (var side in new[] { Alice, Bob })
        {
            Assert.That(
                side.HasEnded || side.Flow.IsCompletedSuccessfully, Is.True,
                () => $"{side.Name}: {side.Flow.Status}: {side.Flow.Exception?.InnerException}");
        }

        Alice.Dispose();
        Bob.Dispose();
        return this;
    }

    /// <param name="untilClose">
    /// Whether the mailbox is looked at only until it is closed. A process that ends several times while it closes cannot know whether what it offered
    /// was read before the mailbox vanished; it then offers it to the empty one that its <c>open</c> makes, and closes that.
    /// </param>
    internal void AssertEndedRight(bool untilClose)
    {
        Assert.Multiple(() =>
        {
            foreach (var (side, other) in new[] { (Alice, Bob), (Bob, Alice) })
            {
                Assert.That(
                    side.Received, Is.EqualTo(Enumerable.Range(0, MortalSide.MessageCount).Select(index => MortalSide.Text(other.Name, index))),
                    $"{side.Name} got every message once, in order");
                Assert.That(side.Closed, Is.All.EqualTo(new CloseResult(Mood.Happy, true)));
                Assert.That(side.Closed, Has.Count.EqualTo(1).Or.Empty);
                Assert.That(side.Closed.Count == 1 || side.HasEnded, Is.True, $"{side.Name} was told how closing went, or its last checkpoint tells");
                Assert.That(side.Latest is null || Checkpoint.Parse(side.Latest).IsEnded, Is.True, $"the last checkpoint of {side.Name} says that it is the last");
                Assert.That(side.Verifiers.Concat(other.Verifiers).Distinct().Count(), Is.EqualTo(1), "one verifier, for both, before and after");
                Assert.That(side.Codes.Concat(other.Codes).Distinct().Count(), Is.EqualTo(1), "one code");
                Assert.That(side.Bodies.Values.Select(bodies => bodies.Count), Is.All.EqualTo(1), $"{side.Name} sealed each message once");
            }

            AssertAddedOnceInOrder(Alice, untilClose);
            AssertAddedOnceInOrder(Bob, untilClose);
            PlainSession.AssertNothingLeft(rendezvous);
        });
    }

    private void AssertAddedOnceInOrder(MortalSide side, bool untilClose)
    {
        var added = rendezvous.Transcript.From(side.Name)
            .Select(frame => MessageCodec.ReadCommand(frame.Bytes.Span).Message)
            .TakeWhile(command => command is not ClientMessage.Close || !untilClose)
            .OfType<ClientMessage.Add>()
            .Select(add => add.Phase);
        Assert.That(added, Is.EqualTo(new[] { Phase.Pake, Phase.Version, "0", "1", "2" }), $"{side.Name}: the mailbox is no larger than it must be, and in order");
    }
}
