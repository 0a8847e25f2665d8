using System.Reactive.Concurrency;

namespace RxWormhole.Testing;

// What goes wrong, and when.
public sealed partial class VirtualWorld
{
    private readonly List<WorldFault> faults = [];
    private readonly List<WorldFault> struck = [];
    private readonly Queue<WorldFault> due = new();
    private readonly Dice faultDice;
    private bool hasBegun;

    /// <summary>Told of each fault before it strikes.</summary>
    internal Action<WorldFault> Striking { get; set; } = static _ => { };

    /// <summary>What was injected.</summary>
    public IReadOnlyList<WorldFault> Faults => faults;

    /// <summary>What of it came about: a link that is to be cut has to be there.</summary>
    public IReadOnlyList<WorldFault> Struck => struck;

    /// <summary>Has something go wrong.</summary>
    /// <param name="fault">What, and when.</param>
    /// <remarks>Where two of a kind last at the same time, the end of the first is that of both.</remarks>
    /// <exception cref="ArgumentNullException">The fault is null.</exception>
    /// <exception cref="ArgumentException">It cannot happen in this world, for instance because nobody has the victim's name; the message says why.</exception>
    /// <exception cref="InvalidOperationException">The world runs already.</exception>
    public void Inject(WorldFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ThrowIfBegun();
        if (FaultCheck.ProblemOf(fault, processes) is { } problem)
            throw new ArgumentException($"{fault}: {problem}", nameof(fault));
        faults.Add(fault);
    }

    /// <summary>Has anything go wrong, as the seed will have it; other things in each call.</summary>
    /// <param name="count">How many times.</param>
    /// <param name="kinds">What may go wrong; null for everything but the loss of all that the server has.</param>
    /// <param name="withinFrames">Among how many frames it begins.</param>
    /// <remarks>Each goes wrong with any of the processes there are. A process that may die has to have written down what for: see <see cref="VirtualProcess.Open(string)"/>.</remarks>
    /// <exception cref="ArgumentException">There are no kinds, or one that is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative, or there are no frames.</exception>
    /// <exception cref="InvalidOperationException">The world runs already, or has no process.</exception>
    public void InjectAny(int count, IReadOnlyList<WorldFaultKind>? kinds = null, int withinFrames = 80)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(withinFrames, 1);
        if (kinds is not null && (kinds.Count == 0 || !kinds.All(Enum.IsDefined)))
            throw new ArgumentException("There has to be a kind of what may go wrong, and each one of those there are.", nameof(kinds));
        ThrowIfBegun();
        if (processes.Count == 0)
            throw new InvalidOperationException("There is nobody yet whom it could happen to: add the processes first.");
        var names = processes.Select(process => process.Name).ToArray();
        for (var number = 0; number < count; number++)
            Inject(FaultDraw.Draw(faultDice, faultDice.Pick(kinds ?? FaultDraw.Survivable), names, withinFrames));
    }

    private void ThrowIfBegun()
    {
        if (hasBegun)
            throw new InvalidOperationException("What goes wrong in a world is settled before it runs.");
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
            case WorldFaultKind.RelayDown:
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
                victim.Host.Unplug();
                After(fault, () =>
                {
                    client.PlugIn();
                    victim.Host.PlugIn();
                });
                return true;
            case WorldFaultKind.Isolated:
                client.Isolate();
                victim.Host.Isolate();
                After(fault, () =>
                {
                    client.Rejoin();
                    victim.Host.Rejoin();
                });
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
        var host = victim.Host;
        switch (fault.Kind)
        {
            case WorldFaultKind.TransitCut:
                host.Faults = host.Faults with { CutAfter = fault.Amount };
                After(fault, () => host.Faults = host.Faults with { CutAfter = null });
                return true;
            case WorldFaultKind.TransitHalfOpen:
                host.Faults = host.Faults with { SilentAfter = fault.Amount };
                After(fault, () => host.Faults = host.Faults with { SilentAfter = null });
                return true;
            case WorldFaultKind.TransitUphill:
                host.Faults = host.Faults with { Inbound = Reach.Dropped, BytesPerSecond = fault.Amount };
                After(fault, () => host.Faults = host.Faults with { Inbound = Reach.Open, BytesPerSecond = null });
                return true;
            default:
                return false;
        }
    }
}
