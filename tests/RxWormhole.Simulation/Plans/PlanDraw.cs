using System.Collections.Immutable;
using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>Draws a world from its seed.</summary>
internal static class PlanDraw
{
    private static readonly string[][] Names = [["alice", "bob", "carol"], ["dave", "erin", "frank"]];

    private static readonly WorldFaultKind[] OfTransit =
        [WorldFaultKind.TransitCut, WorldFaultKind.TransitHalfOpen, WorldFaultKind.TransitUphill, WorldFaultKind.RelayDown];

    private static readonly WorldFaultKind[] OfProcess = [WorldFaultKind.Death, WorldFaultKind.PowerLoss, WorldFaultKind.SlowJournal];

    private static readonly WorldFaultKind[] OfLinks =
        [.. Enum.GetValues<WorldFaultKind>().Where(kind => !OfTransit.Contains(kind) && !OfProcess.Contains(kind))];

    internal static WorldPlan Draw(int seed)
    {
        var dice = new Dice(seed, "plan");
        var isSecondServer = dice.Chance(6);
        var pairs = ImmutableArray.Create(Pair(dice, 0));
        if (isSecondServer || dice.Chance(1))
            pairs = pairs.Add(Pair(dice, 1) with { Server = isSecondServer ? 1 : 0 });
        var faults = Faults(dice, pairs);
        return new WorldPlan(seed, [.. pairs.Select(pair => WithJournals(dice, pair, faults))], faults)
        {
            Servers = isSecondServer ? 2 : 1,
            CommitDelay = dice.Chance(50) || faults.Any(fault => fault.Kind == WorldFaultKind.ServerCrash)
                ? dice.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(30)) : TimeSpan.Zero,
            KeepsLong = dice.Chance(pairs[0].Parties[0].IsPatient ? 80 : 50),
        };
    }

    private static PairPlan Pair(Dice dice, int number)
    {
        var isTransfer = dice.Chance(number == 0 ? 17 : 10);
        var meeting = dice.Next(100) switch
        {
            < 40 => MeetingKind.AllocateThenSet,
            < 60 => MeetingKind.AllocateAndSetLate,
            < 80 => MeetingKind.HumanMade,
            < 87 => MeetingKind.WrongCode,
            < 94 => MeetingKind.Three,
            _ => MeetingKind.Intruder,
        };
        // A file may need another code, which people who made theirs up do not have.
        if (isTransfer && meeting is not MeetingKind.AllocateAndSetLate)
            meeting = MeetingKind.AllocateThenSet;
        var isPatient = !isTransfer && dice.Chance(6);
        var isClosing = !isTransfer && dice.Chance(9);
        var count = meeting is MeetingKind.Three or MeetingKind.Intruder ? 3 : 2;
        var parties = Enumerable.Range(0, count).Select(index => Party(dice, Names[number][index], meeting, index, isPatient, isTransfer)).ToImmutableArray();
        if (isClosing)
        {
            var who = dice.Next(2);
            parties = parties.SetItem(who, parties[who] with { ClosesAfter = dice.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(dice.Chance(70) ? 250 : 5_000)) });
        }

        return new PairPlan(number, meeting, parties) { // Records are of 256 KiB: longer files can be gone on with behind one.
            FileLength = isTransfer ? dice.Chance(50) ? dice.Between(0, 30_000) : dice.Between(270_000, 330_000) : null,
        };
    }

    private static PartyPlan Party(Dice dice, string name, MeetingKind meeting, int index, bool isPatient, bool isTransfer) => new(name)
    {
        Link = isPatient ? dice.Chance(80) ? LinkKind.Poll : LinkKind.HttpPoll : dice.Next(100) switch
        {
            < 55 => LinkKind.Push,
            < 84 => LinkKind.Poll,
            < 92 => LinkKind.HttpPush,
            _ => LinkKind.HttpPoll,
        },
        Waits = (meeting, index) switch
        {
            (MeetingKind.AllocateAndSetLate, 1) => isPatient ? dice.Between(TimeSpan.FromHours(1), TimeSpan.FromHours(12)) : dice.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8)),
            (MeetingKind.HumanMade, _) => isPatient ? dice.Between(TimeSpan.Zero, TimeSpan.FromHours(12)) : dice.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(100)),
            (MeetingKind.Three or MeetingKind.Intruder, 2) => dice.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(dice.Chance(50) ? 40 : 1_000)),
            _ => dice.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(30)),
        },
        Latency = dice.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(dice.Chance(80) ? 20 : 150)),
        HttpPollInterval = dice.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(25)),
        ClockSkew = dice.Chance(30) ? dice.Between(-TimeSpan.FromHours(2), TimeSpan.FromHours(2)) : TimeSpan.Zero,
        Messages = isTransfer ? 0 : dice.Chance(12) ? dice.Between(25, 60) : dice.Between(0, 22),
        IsTalkative = dice.Chance(60),
        IsHasty = dice.Chance(20),
        Compares = dice.Chance(15) ? dice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(5)) : null,
        TakesOneByOne = dice.Chance(40),
        HasJournal = dice.Chance(8),
        IsPatient = isPatient,
    };

    private static ImmutableArray<WorldFault> Faults(Dice dice, ImmutableArray<PairPlan> pairs)
    {
        var names = pairs.SelectMany(pair => pair.Parties.Select(party => party.Name)).ToArray();
        var senders = pairs.Where(pair => pair.FileLength is not null).SelectMany(pair => pair.Parties.Select(party => party.Name)).ToArray();
        var frames = 25 + 3 * pairs.Sum(pair => pair.Parties.Sum(party => party.Messages + 8));
        var faults = ImmutableArray.CreateBuilder<WorldFault>();
        // One world in ten has nothing wrong with it; others have bad days.
        var many = dice.Next(10) switch { 0 => 0, < 8 => 21, _ => 45 };
        foreach (var kind in OfLinks)
        {
            var percent = kind is WorldFaultKind.ServerLoss ? many / 2 : kind is WorldFaultKind.Cut ? many + 10 : many;
            if (many > 0 && dice.Chance(percent))
                faults.Add(FaultDraw.Draw(dice, kind, names, dice.Chance(70) ? frames : 20));
        }

        if (many > 0 && dice.Chance(45))
            faults.Add(FaultDraw.Draw(dice, WorldFaultKind.Cut, names, frames));
        foreach (var kind in OfProcess)
        {
            if (many > 0 && dice.Chance(many * 2 / 3))
                faults.Add(FaultDraw.Draw(dice, kind, names, frames));
        }

        foreach (var kind in OfTransit)
        {
            if (many > 0 && senders.Length > 0 && dice.Chance(kind == WorldFaultKind.TransitCut ? 100 : 45))
                faults.Add(WithinTheFile(dice, FaultDraw.Draw(dice, kind, senders, frames), pairs));
            // Two who cannot be reached meet at the relay.
            if (kind == WorldFaultKind.TransitUphill && faults.Count > 0 && faults[^1] is { Kind: WorldFaultKind.TransitUphill } uphill && dice.Chance(70))
                faults.Add(uphill with { Victim = senders.First(name => name != uphill.Victim) });
        }

        // Over HTTP a client counts what it was given: a server that gives it something twice loses it something else.
        var overHttp = pairs.SelectMany(pair => pair.Parties).Where(party => party.IsOverHttp).Select(party => party.Name).ToArray();
        faults.RemoveAll(fault => fault.Kind == WorldFaultKind.Doubling && overHttp.Contains(fault.Victim));
        return faults.ToImmutable();
    }

    // A connection that breaks behind the end of the file is none that breaks.
    private static WorldFault WithinTheFile(Dice dice, WorldFault fault, ImmutableArray<PairPlan> pairs)
    {
        if (fault.Kind is not (WorldFaultKind.TransitCut or WorldFaultKind.TransitHalfOpen))
            return fault;
        var length = pairs.First(pair => pair.Parties.Any(party => party.Name == fault.Victim)).FileLength!.Value;
        return fault with { Amount = length > 265_000 && dice.Chance(90) ? dice.Between(265_000, length) : dice.Between(500, 600 + length / 2) };
    }

    // Who may die has to have written down what for.
    private static PairPlan WithJournals(Dice dice, PairPlan pair, ImmutableArray<WorldFault> faults) => pair with
    {
        Parties =
        [
            .. pair.Parties.Select(party => party with
            {
                HasJournal = party.HasJournal || faults.Any(fault => fault.Victim == party.Name && OfProcess.Contains(fault.Kind)),
            }),
        ],
    };
}
