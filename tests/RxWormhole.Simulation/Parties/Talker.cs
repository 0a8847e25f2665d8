using System.Reactive.Linq;
using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>A party that sends messages and takes those of the other, then closes. What it has received is on its disk.</summary>
internal sealed class Talker(SimulatedWorld simulated, Pair pair, PartyPlan plan) : Party(simulated, pair, plan)
{
    /// <summary>What was received, over all lives; the message's place is its index.</summary>
    internal List<string> Received { get; } = [];

    /// <summary>Which of its messages the server was seen to have.</summary>
    internal SortedSet<int> Confirmed { get; } = [];

    /// <summary>Who sent what it received, once that is known.</summary>
    internal Party? Peer { get; private set; }

    internal bool IsClosing { get; private set; }

    protected override Task LiveAsync(VirtualProcess process, Checkpoint? checkpoint) => SessionAsync(process, async (wormhole, probe, options) =>
    {
        using var closing = Plan.ClosesAfter is { } after ? Observable.Timer(after, options.Scheduler).Subscribe(_ => CloseEarly(wormhole, probe)) : null;
        if (IsClosing)
        {
            await BeginAsync(wormhole, probe, options, isRestored: checkpoint is not null);
        }
        else
        {
            var first = checkpoint?.Accepted ?? 0;
            // Some say what they have to say before there is a code.
            var sending = Plan.IsHasty ? SendAsync(wormhole, probe, first) : null;
            if (!await BeginAsync(wormhole, probe, options, isRestored: checkpoint is not null))
                throw new WormholeUsageException("Nobody told a code.");
            if (Plan.Compares is { } comparing)
            {
                Verifiers.Add(await wormhole.Verifier);
                await Observable.Timer(comparing, options.Scheduler);
            }

            var receiving = ReceiveAsync(wormhole, probe, checkpoint?.Delivered ?? 0);
            await Task.WhenAll(sending ?? SendAsync(wormhole, probe, first), receiving);
            Verifiers.Add(await wormhole.Verifier);
            Keys.Add(await probe.Verb("DeriveKey", wormhole.DeriveKey("simulation", 32)));
            Simulated.Secrets.AddKey(Keys[^1]);
            IsClosing = true;
        }

        Closed = await probe.Verb("Close", wormhole.Close());
    });

    private void CloseEarly(Wormhole wormhole, SessionProbe probe)
    {
        IsClosing = true;
        probe.Verb("Close", wormhole.Close()).Subscribe(result => Closed = result);
    }

    private async Task SendAsync(Wormhole wormhole, SessionProbe probe, int first)
    {
        var last = Task.CompletedTask;
        for (var index = first; index < Plan.Messages; index++)
        {
            var number = index;
            var sent = probe.Verb($"Send {index}", wormhole.Send(Pair.Message(Name, index))).Do(answer => OnSent(number, answer));
            if (Plan.IsTalkative && index < Plan.Messages - 1)
                sent.Subscribe(static _ => { }, static _ => { });
            else
                await sent;
        }
    }

    private void OnSent(int index, int answer)
    {
        if (index != answer)
            Violations.Add("promise", $"{Name}: message {index} was sent as number {answer}");
        Confirmed.Add(index);
    }

    private async Task ReceiveAsync(Wormhole wormhole, SessionProbe probe, int delivered)
    {
        var next = delivered;
        if (Plan.TakesOneByOne)
        {
            while (Received.Count < Expected)
                Take(await probe.Verb($"Receive {next}", wormhole.Receive()), ref next);
        }
        else if (Received.Count < Expected)
        {
            await probe.Stream("Messages", wormhole.Messages).Do(message => Take(message, ref next)).SkipWhile(_ => Received.Count < Expected).Take(1).LastOrDefaultAsync();
        }
    }

    // Three who all have the code say equally much.
    private int Expected => (Peer ?? Pair.Others(this).First()).Plan.Messages;

    private void Take(WormholeMessage message, ref int next)
    {
        if (message.Index != next)
            Violations.Add("order", $"{Name} was given message {message.Index} in place of {next}");
        next = message.Index + 1;
        var text = message.Text;
        var sender = Pair.Others(this).FirstOrDefault(other => text == Pair.Message(other.Name, message.Index));
        if (sender is null)
            Violations.Add("content", $"{Name} was given something as message {message.Index} that nobody of its pair sent as that: '{text}'");
        else if (Peer is not null && Peer != sender)
            Violations.Add("stranger", $"{Name} was given messages of {Peer.Name} and of {sender.Name}");
        Peer ??= sender;
        // A process that died before its session knew that it was done with a message is given that once more, with the same index.
        if (message.Index < Received.Count)
        {
            if (Restores == 0)
                Violations.Add("doubled", $"{Name} was given message {message.Index} again");
        }
        else if (message.Index > Received.Count)
        {
            Violations.Add("lost", $"{Name} was given message {message.Index} and never {Received.Count}");
        }
        else
        {
            Received.Add(text);
            Simulated.OnMessage();
        }
    }
}
