using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Microsoft.Reactive.Testing;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Record;

/// <summary>An application whose process ends now and then, and that goes on from what it stored: the latest checkpoint, and what it did with the messages.</summary>
internal sealed class MortalSide : IDisposable
{
    internal const int MessageCount = 3;

    private static readonly TimeSpan UntilRestart = TimeSpan.FromSeconds(1);

    private readonly TestScheduler clock;
    private readonly VirtualClient client;
    private readonly WormholeOptions options;
    private readonly Func<Wormhole, IObservable<string>> begin;
    private readonly bool isTalkative;
    private readonly List<Wormhole> wormholes = [];
    private int entropies;

    /// <param name="name">The client.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="rendezvous">The server.</param>
    /// <param name="mode">Push or poll.</param>
    /// <param name="begin">How the session is begun.</param>
    /// <param name="isTalkative">Whether all messages are sent at once, without waiting, or each in turn with one of the other side.</param>
    internal MortalSide(
        string name, TestScheduler clock, VirtualRendezvous rendezvous, LinkMode mode, Func<Wormhole, IObservable<string>> begin, bool isTalkative)
    {
        Name = name;
        this.clock = clock;
        this.begin = begin;
        this.isTalkative = isTalkative;
        client = rendezvous.Client(name);
        options = rendezvous.OptionsFor("example.com/plain", name) with { Mode = mode };
    }

    internal string Name { get; }

    internal static string Text(string name, int index) => $"{name} {index}";

    /// <summary>Gets the code, from each process anew.</summary>
    internal Action<string> OnCode { get; init; } = _ => { };

    /// <summary>At which checkpoint, counted over all its processes, the present one ends, and how.</summary>
    internal Func<int, Death> DiesAt { get; set; } = _ => Death.None;

    /// <summary>At which frame, counted over all links of the client, the present process ends.</summary>
    internal int DiesAtFrame { get; set; } = int.MaxValue;

    /// <summary>How long storing a checkpoint takes.</summary>
    internal TimeSpan JournalTakes { get; set; }

    // What is stored, and survives:

    internal int CheckpointsWritten { get; private set; }

    internal string? Latest { get; private set; }

    internal List<string> Received { get; } = [];

    internal List<string> Codes { get; } = [];

    internal List<Verifier> Verifiers { get; } = [];

    internal List<CloseResult> Closed { get; } = [];

    internal bool IsClosing { get; private set; }

    // For the assertions:

    internal int Lives => wormholes.Count;

    internal Task Flow { get; private set; } = Task.CompletedTask;

    internal bool IsDone => Flow.IsCompleted && Lives > 0 || HasEnded;

    /// <summary>Whether the last process ended at the very last checkpoint, so that there is nothing to restore.</summary>
    internal bool HasEnded { get; private set; }

    /// <summary>Each body that any of the processes handed to a link, by phase.</summary>
    internal SortedDictionary<string, SortedSet<string>> Bodies { get; } = new(StringComparer.Ordinal);

    /// <summary>Starts the first process, or the next one.</summary>
    internal void Start()
    {
        var process = new MortalProcess(client, clock)
        {
            DiesAtFrame = client.Frames < DiesAtFrame ? DiesAtFrame : int.MaxValue,
            Ended = () => clock.Schedule(UntilRestart, Restart),
            Sent = WriteDown,
        };
        var lifeOptions = options with
        {
            Scheduler = process,
            Connector = process,
            Journal = checkpoint => Store(checkpoint, process),
            // Another process draws other numbers.
            Entropy = SeededEntropy.Create(1000 * Name.Length + entropies++),
        };
        if (Latest is null)
        {
            wormholes.Add(Wormhole.Create(lifeOptions));
            Flow = Live(begin, first: 0, accepted: 0);
        }
        else
        {
            var checkpoint = Checkpoint.Parse(Latest);
            wormholes.Add(Wormhole.Restore(checkpoint, lifeOptions));
            Flow = Live(wormhole => wormhole.Resume(), checkpoint.Delivered, checkpoint.Accepted);
        }
    }

    /// <summary>The processes that ended are not to be finalized while another test uses their clock.</summary>
    public void Dispose()
    {
        foreach (var wormhole in wormholes)
            wormhole.Dispose();
    }

    private void Restart()
    {
        HasEnded = Latest is not null && Checkpoint.Parse(Latest).IsEnded;
        if (!HasEnded)
            Start();
    }

    private IObservable<Unit> Store(Checkpoint checkpoint, MortalProcess process)
    {
        Latest = checkpoint.ToJson();
        Assert.That(checkpoint.Delivered, Is.AtMost(Received.Count), "counted only once the application is done with it");
        return DiesAt(++CheckpointsWritten) switch
        {
            Death.None when JournalTakes > TimeSpan.Zero => Observable.Timer(JournalTakes, process).Select(_ => Unit.Default),
            Death.None => Observable.Return(Unit.Default),
            Death.Stored => Observable.Defer(() =>
            {
                process.Kill(sentArrives: true);
                return Observable.Never<Unit>();
            }),
            var death => Observable.Create<Unit>(observer =>
            {
                observer.OnCompleted();
                process.Kill(sentArrives: death == Death.FramesArrive);
                return () => { };
            }),
        };
    }

    private async Task Live(Func<Wormhole, IObservable<string>> start, int first, int accepted)
    {
        var wormhole = wormholes[^1];
        var expected = first;
        var code = await start(wormhole);
        Codes.Add(code);
        OnCode(code);
        if (!IsClosing)
        {
            for (var index = accepted; index < MessageCount; index++)
            {
                var sent = wormhole.Send(Text(Name, index));
                if (isTalkative)
                    continue;
                Assert.That(await sent, Is.EqualTo(index), "the number goes on where it was");
                await Receive(Math.Min(index + 1, MessageCount));
            }

            await Receive(MessageCount);
            Verifiers.Add(await wormhole.Verifier);
            IsClosing = true;
        }

        Closed.Add(await wormhole.Close());

        async Task Receive(int count)
        {
            while (Received.Count < count)
            {
                var message = await wormhole.Receive();
                Assert.That(message.Index, Is.EqualTo(expected++), "from the stored count on, in order, without gaps");
                if (message.Index < Received.Count)
                    Assert.That(message.Text, Is.EqualTo(Received[message.Index]), "again with the same index");
                else
                    Received.Add(message.Text);
            }
        }
    }

    private void WriteDown(ReadOnlyMemory<byte> frame)
    {
        if (MessageCodec.ReadCommand(frame.Span).Message is not ClientMessage.Add add)
            return;
        if (!Bodies.TryGetValue(add.Phase, out var bodies))
            Bodies.Add(add.Phase, bodies = new SortedSet<string>(StringComparer.Ordinal));
        bodies.Add(add.Body);
    }
}
