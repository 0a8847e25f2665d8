using System.Reactive.Linq;
using Microsoft.Reactive.Testing;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests;

/// <summary>The session that the fault tests run: a code is allocated and set, two messages go each way, both sides close.</summary>
internal sealed class PlainSession
{
    internal static readonly string[] FromAlice = ["alice 0", "alice 1"];
    internal static readonly string[] FromBob = ["bob 0", "bob 1"];

    internal PlainSession(TestScheduler clock, VirtualRendezvous rendezvous, LinkMode alice = LinkMode.Push, LinkMode bob = LinkMode.Push)
    {
        Clock = clock;
        Rendezvous = rendezvous;
        AliceOptions = rendezvous.OptionsFor("example.com/plain", "alice") with { Mode = alice };
        BobOptions = rendezvous.OptionsFor("example.com/plain", "bob") with { Mode = bob };
    }

    internal TestScheduler Clock { get; }

    internal VirtualRendezvous Rendezvous { get; }

    internal WormholeOptions AliceOptions { get; set; }

    internal WormholeOptions BobOptions { get; set; }

    internal List<string> ReceivedByAlice { get; } = [];

    internal List<string> ReceivedByBob { get; } = [];

    internal List<CloseResult> Closed { get; } = [];

    internal List<Verifier> Verifiers { get; } = [];

    /// <summary>Runs both sides to their ends, in at most five minutes of virtual time.</summary>
    internal PlainSession Run()
    {
        using var alice = Wormhole.Create(AliceOptions);
        using var bob = Wormhole.Create(BobOptions);
        var code = alice.AllocateCode().Replay().AutoConnect(0);
        var flows = new[]
        {
            Flow(alice, code, FromAlice, ReceivedByAlice),
            Flow(bob, code.Delay(TimeSpan.FromMilliseconds(50), Clock).SelectMany(text => bob.SetCode(text)), FromBob, ReceivedByBob),
        };
        for (var second = 0; second < 300 && !flows.All(flow => flow.IsCompleted); second++)
            Clock.AdvanceBy(TimeSpan.FromSeconds(1).Ticks);
        foreach (var flow in flows)
            Assert.That(flow.IsCompletedSuccessfully, Is.True, () => $"{flow.Status}: {flow.Exception?.InnerException}\n{Rendezvous.Transcript}");
        return this;
    }

    internal void AssertEndedRight(bool mayLeak)
    {
        Assert.Multiple(() =>
        {
            Assert.That(ReceivedByBob, Is.EqualTo(FromAlice), "every message of alice, once, in order");
            Assert.That(ReceivedByAlice, Is.EqualTo(FromBob), "every message of bob, once, in order");
            Assert.That(Closed, Is.EqualTo(new[] { new CloseResult(Mood.Happy, true), new CloseResult(Mood.Happy, true) }));
            Assert.That(Verifiers, Has.Count.EqualTo(2).And.All.EqualTo(Verifiers[0]));
            AssertAddedOnceInOrder(Rendezvous, Phase.Pake, Phase.Version, "0", "1");
            AssertNothingLeft(Rendezvous, mayLeak);
        });
    }

    /// <summary>A doubled handshake ends the Go and Rust clients, and so do messages in another order: they take them as they come.</summary>
    internal static void AssertAddedOnceInOrder(VirtualRendezvous rendezvous, params string[] phases)
    {
        foreach (var client in new[] { "alice", "bob" })
        {
            var added = rendezvous.Transcript.From(client)
                .Select(frame => MessageCodec.ReadCommand(frame.Bytes.Span).Message)
                .OfType<ClientMessage.Add>()
                .Select(add => add.Phase);
            Assert.That(added, Is.EqualTo(phases), $"{client}: the mailbox is no larger than it must be, and in order");
        }
    }

    internal static void AssertNothingLeft(VirtualRendezvous rendezvous, bool mayLeak = false)
    {
        Assert.That(rendezvous.Client("alice").LinksOpen + rendezvous.Client("bob").LinksOpen, Is.Zero, "no link is left");
        var left = rendezvous.Applications.Values.SelectMany(application => application.Nameplates.Select(application.FindNameplate)).ToArray();
        var mailboxes = rendezvous.Applications.Values.Sum(application => application.Mailboxes.Count);
        if (mayLeak && left.Length <= 1)
        {
            // Allocated, and the answer lost: the side never learned that it holds this one.
            Assert.That(left.All(nameplate => nameplate!.Allocated && nameplate.Sides.Length == 1), Is.True);
            Assert.That(mailboxes, Is.EqualTo(left.Length));
            return;
        }

        Assert.That(left, Is.Empty, "no nameplate is left");
        Assert.That(mailboxes, Is.Zero, "no mailbox is left");
    }

    private async Task Flow(Wormhole wormhole, IObservable<string> code, string[] messages, List<string> received)
    {
        await code;
        foreach (var message in messages)
            await wormhole.Send(message);
        for (var i = 0; i < messages.Length; i++)
            received.Add((await wormhole.Receive()).Text);
        Verifiers.Add(await wormhole.Verifier);
        Closed.Add(await wormhole.Close());
    }
}
