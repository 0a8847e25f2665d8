using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>What came out of a world.</summary>
internal sealed record WorldResult(int Seed, IReadOnlyList<string> Violations, IReadOnlyList<string> Kinds)
{
    internal bool IsFailed => Violations.Count > 0;

    internal int Sessions { get; private init; }

    internal int LinksCut { get; private init; }

    internal int Restores { get; private init; }

    internal int ServerCrashes { get; private init; }

    internal int Polls { get; private init; }

    internal int Transfers { get; private init; }

    internal int Messages { get; private init; }

    internal int Faults { get; private init; }

    internal ulong States { get; private init; }

    /// <summary>One bit for each <see cref="WorldFaultKind"/> that struck.</summary>
    internal uint FaultKinds { get; private init; }

    /// <summary>One bit for each <see cref="Scenario"/>.</summary>
    internal uint Scenarios { get; private init; }

    internal static WorldResult Of(SimulatedWorld simulated, IReadOnlyList<Party> parties, LossWatch losses)
    {
        var struck = simulated.World.Struck;
        return new WorldResult(simulated.Plan.Seed, [.. simulated.Violations.Lines], simulated.Violations.Kinds)
        {
            Sessions = parties.Sum(party => party.Sessions),
            LinksCut = losses.LinksCut,
            Restores = parties.Sum(party => party.Restores),
            ServerCrashes = struck.Count(fault => fault.Kind == WorldFaultKind.ServerCrash),
            Polls = parties.Where(party => party.Plan.IsPolling).Sum(party => party.Process.Client.LinksMade),
            Transfers = parties.OfType<FileParty>().Count(party => party is { IsSender: false, File: not null }),
            Messages = simulated.Messages,
            Faults = struck.Count,
            States = losses.States,
            FaultKinds = struck.Aggregate(0u, (bits, fault) => bits | 1u << (int)fault.Kind),
            Scenarios = ScenariosOf(simulated, parties).Aggregate(0u, (bits, scenario) => bits | 1u << (int)scenario),
        };
    }

    private static IEnumerable<Scenario> ScenariosOf(SimulatedWorld simulated, IReadOnlyList<Party> parties)
    {
        foreach (var pair in simulated.Plan.Pairs)
        {
            yield return pair.Meeting switch
            {
                MeetingKind.AllocateThenSet => Scenario.AllocateThenSet,
                MeetingKind.AllocateAndSetLate => Scenario.AllocateAndSetLate,
                MeetingKind.HumanMade => Scenario.HumanMadeCode,
                MeetingKind.WrongCode => Scenario.WrongCode,
                _ => Scenario.ThreeOnANameplate,
            };
            if (pair.FileLength is not null)
                yield return Scenario.Transfer;
            if (pair.Parties[0].Link != pair.Parties[1].Link)
                yield return Scenario.Mixed;
        }

        foreach (var plan in parties.Select(party => party.Plan))
        {
            if (plan.Compares is not null)
                yield return Scenario.VerifierPause;
            if (plan.Messages > 20)
                yield return Scenario.ManyMessages;
            if (plan.ClosesAfter is not null)
                yield return Scenario.CloseAtAnyMoment;
            if (plan.IsPatient)
                yield return Scenario.Patient;
            yield return plan.IsOverHttp ? Scenario.Http : plan.IsPolling ? Scenario.Poll : Scenario.Push;
        }

        if (parties.Any(party => party.Restores > 0))
            yield return Scenario.Restore;
        if (parties.OfType<FileParty>().Any(party => party.HasGoneOn))
            yield return Scenario.TransferGoneOnWith;
        if (simulated.Plan.Servers > 1)
            yield return Scenario.TwoServers;
        if (simulated.Plan.Pairs.Length > 1)
            yield return Scenario.TwoPairs;
    }
}
