using System.Reactive.Concurrency;

namespace RxWormhole.Testing;

// What goes wrong, and when.
public sealed partial class VirtualWorld
{
    private readonly List<WorldFault> faults = [];
    private readonly List<WorldFault> struck = [];
    private readonly Queue<WorldFault> due = new();
    private bool hasBegun;

    /// <summary>Told of each fault before it strikes.</summary>
    internal Action<WorldFault> Striking { get; set; } = static _ => { };

    /// <summary>What was injected.</summary>
    public IReadOnlyList<WorldFault> Faults => faults;

    /// <summary>What of it came about: a link that is to be cut has to be there.</summary>
    public IReadOnlyList<WorldFault> Struck => struck;

    /// <summary>Has something go wrong.</summary>
    /// <param name="fault">What, and when.</param>
    /// <exception cref="ArgumentNullException">The fault is null.</exception>
    /// <exception cref="InvalidOperationException">The world runs already.</exception>
    public void Inject(WorldFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (hasBegun)
            throw new InvalidOperationException("What goes wrong in a world is settled before it runs.");
        faults.Add(fault);
    }

    /// <summary>Has anything go wrong, as the seed will have it.</summary>
    /// <param name="count">How many times.</param>
    /// <param name="kinds">What may go wrong; null for everything but the loss of all that the server has.</param>
    /// <param name="withinFrames">Among how many frames it begins.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative, or there are no frames.</exception>
    /// <exception cref="InvalidOperationException">The world runs already, or has no process.</exception>
    public void InjectAny(int count, IReadOnlyList<WorldFaultKind>? kinds = null, int withinFrames = 80)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(withinFrames, 1);
        if (processes.Count == 0)
            throw new InvalidOperationException("There is nobody yet whom it could happen to: add the processes first.");
        var dice = new Dice(Seed, "faults");
        var names = processes.Select(process => process.Name).ToArray();
        for (var number = 0; number < count; number++)
            Inject(FaultDraw.Draw(dice, dice.Pick(kinds ?? FaultDraw.Survivable), names, withinFrames));
    }

    private void BeginFaults()
    {
        if (hasBegun)
            return;
        hasBegun = true;
        foreach (var fault in faults.OrderBy(fault => fault.AfterFrame))
            due.Enqueue(fault);
        StrikeDue();
    }

    private void StrikeDue()
    {
        while (due.TryPeek(out var next) && next.AfterFrame <= Frames)
        {
            due.Dequeue();
            Striking(next);
            if (Strike(next))
                struck.Add(next);
        }
    }

    private void After(WorldFault fault, Action end) => Clock.Schedule(fault.Lasts, end);

    private bool Strike(WorldFault fault) => fault.Victim.Length == 0
        ? StrikeAll(fault)
        : processes.Find(process => process.Name == fault.Victim) is { IsDone: false } victim && (Strike(fault, victim) || StrikeTransit(fault, victim));

    private bool StrikeAll(WorldFault fault)
    {
        switch (fault.Kind)
        {
            case WorldFaultKind.ServerRestart or WorldFaultKind.ServerCrash or WorldFaultKind.ServerLoss when Server.IsUp:
                if (fault.Kind == WorldFaultKind.ServerCrash)
                    Server.Crash();
                else
                    Server.Stop();
                After(fault, () => Server.Start(keepData: fault.Kind != WorldFaultKind.ServerLoss));
                return true;
            case WorldFaultKind.Partition:
                foreach (var process in processes)
                    process.Client.Isolate();
                After(fault, () => processes.ForEach(process => process.Client.Rejoin()));
                return true;
            case WorldFaultKind.RelayDown when HasNetwork:
                Relay.Stop();
                After(fault, Relay.Start);
                return true;
            default:
                return false;
        }
    }

    private bool Strike(WorldFault fault, VirtualProcess victim)
    {
        var client = victim.Client;
        var hasLink = client.LinksOpen > 0;
        switch (fault.Kind)
        {
            case WorldFaultKind.Cut:
                client.Cut();
                return hasLink;
            case WorldFaultKind.HalfOpen:
                client.Silence();
                return hasLink;
            case WorldFaultKind.Unplugged:
                client.Unplug();
                After(fault, client.PlugIn);
                return true;
            case WorldFaultKind.Isolated:
                client.Isolate();
                After(fault, client.Rejoin);
                return true;
            case WorldFaultKind.Jitter:
                client.Faults = client.Faults with { Jitter = fault.Lasts };
                return true;
            case WorldFaultKind.SlowLink:
                client.Faults = client.Faults with { BytesPerSecond = fault.Amount };
                return true;
            case WorldFaultKind.Doubling:
                client.Faults = client.Faults.DoublingMessages();
                return true;
            case WorldFaultKind.Shuffling:
                client.Faults = client.Faults with { ShufflesMessages = true };
                return true;
            case WorldFaultKind.ClockJump:
                victim.ClockSkew += fault.Lasts;
                return true;
            case WorldFaultKind.SlowJournal:
                victim.JournalTakes = fault.Lasts;
                return true;
            case WorldFaultKind.Death or WorldFaultKind.PowerLoss:
                if (!victim.Kill(isNoticed: fault.Kind == WorldFaultKind.Death))
                    return false;
                After(fault, victim.Start);
                return true;
            default:
                return false;
        }
    }

    private bool StrikeTransit(WorldFault fault, VirtualProcess victim)
    {
        if (!HasNetwork)
            return false;
        NetworkFaults? faulty = fault.Kind switch
        {
            WorldFaultKind.TransitCut => new NetworkFaults { CutAfter = fault.Amount },
            WorldFaultKind.TransitHalfOpen => new NetworkFaults { SilentAfter = fault.Amount },
            WorldFaultKind.TransitUphill => NetworkFaults.BehindNat with { BytesPerSecond = fault.Amount },
            _ => null,
        };
        if (faulty is null)
            return false;
        victim.Host.Faults = faulty;
        After(fault, () => victim.Host.Faults = NetworkFaults.None);
        return true;
    }
}
