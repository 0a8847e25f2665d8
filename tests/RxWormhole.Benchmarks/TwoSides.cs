using System.Reactive.Linq;
using Microsoft.Reactive.Testing;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Benchmarks;

/// <summary>Two sides and a server on a virtual clock of their own.</summary>
internal sealed class TwoSides : IDisposable
{
    internal const string AppId = "example.com/benchmark";

    private readonly TestScheduler clock = new();

    internal TwoSides(LinkMode mode, VirtualRendezvousOptions? server = null, Func<WormholeOptions, WormholeOptions>? change = null)
    {
        Rendezvous = new VirtualRendezvous(clock, server);
        Alice = Make("alice");
        Bob = Make("bob");

        Wormhole Make(string name)
        {
            var options = Rendezvous.OptionsFor(AppId, name) with { Mode = mode };
            return Wormhole.Create(change?.Invoke(options) ?? options);
        }
    }

    internal VirtualRendezvous Rendezvous { get; }

    internal Wormhole Alice { get; }

    internal Wormhole Bob { get; }

    /// <summary>A complete session: a code is allocated and set, both see the verifier, a message goes each way, both close.</summary>
    internal static void Run(LinkMode mode)
    {
        using var sides = new TwoSides(mode);
        var ends = 0;
        sides.Alice.AllocateCode()
            .Do(code => sides.Bob.SetCode(code).SelectMany(_ => Exchange(sides.Bob)).Subscribe(_ => ends++))
            .SelectMany(_ => Exchange(sides.Alice))
            .Subscribe(_ => ends++);
        sides.AdvanceUntil(() => ends == 2, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    /// <summary>What each side does once there is a code.</summary>
    internal static IObservable<CloseResult> Exchange(Wormhole side) =>
        from _ in side.Verifier
        from number in side.Send("a message")
        from theirs in side.Receive()
        from closed in side.Close()
        select closed is { Mood: Mood.Happy, Acknowledged: true } ? closed : throw new InvalidOperationException($"The session ended {closed}.");

    /// <summary>Brings the two together as far as both verifiers, looking after each step of time.</summary>
    internal TwoSides Pair(TimeSpan step)
    {
        var verifiers = 0;
        Alice.Verifier.Merge(Bob.Verifier).Subscribe(_ => verifiers++);
        Alice.AllocateCode().SelectMany(code => Bob.SetCode(code)).Subscribe();
        AdvanceUntil(() => verifiers == 2, step, 60 * step);
        return this;
    }

    internal void Advance(TimeSpan time) => clock.AdvanceBy(time.Ticks);

    internal void AdvanceUntil(Func<bool> isDone, TimeSpan step, TimeSpan limit)
    {
        for (var time = TimeSpan.Zero; !isDone(); time += step)
        {
            if (time >= limit)
                throw new TimeoutException($"Not done after {limit}.\n{Rendezvous.Transcript}");
            Advance(step);
        }
    }

    public void Dispose()
    {
        Alice.Dispose();
        Bob.Dispose();
    }
}
