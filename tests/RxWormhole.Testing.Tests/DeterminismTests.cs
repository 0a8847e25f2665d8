using System.Reactive.Concurrency;
using Microsoft.Reactive.Testing;

namespace RxWormhole.Testing.Tests;

/// <summary>The same seed and flow are the same session, frame for frame.</summary>
public sealed class DeterminismTests
{
    [Test]
    public void SameSeedAndFlow_GiveTheSameTranscript()
    {
        var options = new VirtualRendezvousOptions { Seed = 5 };
        var (once, again) = (Frames(options), Frames(options));
        Assert.That(again, Is.EqualTo(once).And.Not.Empty);
    }

    [Test]
    public void AnotherSeed_GivesAnotherTranscript()
    {
        var (one, other) = (Run(new VirtualRendezvousOptions { Seed = 5 }), Run(new VirtualRendezvousOptions { Seed = 6 }));
        Assert.That(one.Transcript.ToString(), Is.Not.EqualTo(other.Transcript.ToString()));
        Assert.That(Bodies(one).Intersect(Bodies(other)), Is.Empty, "the clients' randomness is another, too");
    }

    [Test]
    public void FaultsAndAnotherClock_AreJustAsRepeatable()
    {
        string Once()
        {
            var clock = new HistoricalScheduler(DateTimeOffset.UnixEpoch);
            var rendezvous = new VirtualRendezvous(clock, new VirtualRendezvousOptions { Seed = 1 });
            rendezvous.Client("bob").Faults = new LinkFaults { CutAfter = [9, 12], Latency = TimeSpan.FromMilliseconds(21) };
            Assert.That(clock.Run(() => Talk.Between(rendezvous)), Is.EqualTo(new[] { "of bob", "of alice" }));
            Assert.That(rendezvous.Client("bob").LinksMade, Is.EqualTo(3));
            return rendezvous.Transcript.ToString();
        }

        var (once, again) = (Once(), Once());
        Assert.That(again, Is.EqualTo(once));
    }

    [Test]
    public void SessionsOfOneClient_ShareItsRandomnessAndNeverRepeatIt()
    {
        var clock = new TestScheduler();
        var rendezvous = new VirtualRendezvous(clock);
        clock.Run(() => Talk.Between(rendezvous));
        clock.Run(() => Talk.Between(rendezvous));
        var sides = rendezvous.Transcript.From("alice").Where(frame => frame.Type == "bind").Select(frame => frame.Text).ToArray();
        Assert.That(sides, Has.Length.EqualTo(2).And.Unique);
        Assert.That(Bodies(rendezvous), Is.Unique);
    }

    private static string[] Frames(VirtualRendezvousOptions options) =>
        [.. Run(options).Transcript.Entries.Select(entry => $"{entry.At.Ticks} {entry.Client} {entry.What} {entry.Frame?.Text}")];

    private static string[] Bodies(VirtualRendezvous rendezvous) =>
        [.. new[] { "alice", "bob" }.SelectMany(rendezvous.Transcript.From).Where(frame => frame.Type == "add").Select(frame => frame.Text)];

    private static VirtualRendezvous Run(VirtualRendezvousOptions options)
    {
        var clock = new TestScheduler();
        var rendezvous = new VirtualRendezvous(clock, options);
        clock.Run(() => Talk.Between(rendezvous));
        return rendezvous;
    }
}
