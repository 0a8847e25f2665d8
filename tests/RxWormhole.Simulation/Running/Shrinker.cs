using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>Makes a world that failed smaller, as long as it fails in the same way.</summary>
internal static class Shrinker
{
    private const int MostRuns = 400;

    internal static WorldPlan Shrink(WorldPlan plan, Settings settings)
    {
        var runs = 0;
        var kinds = Runner.Run(plan, settings).Kinds;
        var isSmaller = true;
        while (isSmaller)
        {
            isSmaller = false;
            foreach (var smaller in Smaller(plan))
            {
                if (++runs > MostRuns)
                    return plan;
                if (!Runner.Run(smaller, settings).Kinds.Intersect(kinds).Any())
                    continue;
                plan = smaller;
                isSmaller = true;
                break;
            }
        }

        return plan;
    }

    // The largest steps first.
    private static IEnumerable<WorldPlan> Smaller(WorldPlan plan)
    {
        if (plan.Pairs.Length > 1)
        {
            foreach (var pair in plan.Pairs)
                yield return Only(plan, pair);
        }

        for (var half = plan.Faults.Length / 2; half > 1; half /= 2)
        {
            for (var at = 0; at + half <= plan.Faults.Length; at += half)
                yield return plan with { Faults = plan.Faults.RemoveRange(at, half) };
        }

        foreach (var fault in plan.Faults)
            yield return plan with { Faults = plan.Faults.Remove(fault) };
        foreach (var pair in plan.Pairs)
        {
            foreach (var party in pair.Parties)
            {
                foreach (var less in Smaller(party, plan.Faults.Any(fault => fault.Victim == party.Name && fault.Kind is WorldFaultKind.Death or WorldFaultKind.PowerLoss)))
                    yield return plan with { Pairs = plan.Pairs.Replace(pair, pair with { Parties = pair.Parties.Replace(party, less) }) };
            }

            if (pair.FileLength > 1)
                yield return plan with { Pairs = plan.Pairs.Replace(pair, pair with { FileLength = pair.FileLength / 2 }) };
        }

        if (plan.CommitDelay > TimeSpan.Zero)
            yield return plan with { CommitDelay = TimeSpan.Zero };
    }

    // What happens to those who are not there any more goes with them.
    private static WorldPlan Only(WorldPlan plan, PairPlan pair) => plan with
    {
        Pairs = [pair],
        Faults = [.. plan.Faults.Where(fault => fault.Victim.Length == 0 || pair.Parties.Any(party => party.Name == fault.Victim))],
    };

    private static IEnumerable<PartyPlan> Smaller(PartyPlan party, bool mayDie)
    {
        if (party.Messages > 1)
            yield return party with { Messages = party.Messages / 2 };
        if (party.Messages > 0)
            yield return party with { Messages = party.Messages - 1 };
        if (party.Compares is not null)
            yield return party with { Compares = null };
        if (party.IsOverHttp)
            yield return party with { Link = party.IsPolling ? LinkKind.Poll : LinkKind.Push };
        else if (party.IsPolling && !party.IsPatient)
            yield return party with { Link = LinkKind.Push };
        if (party.Latency is not null)
            yield return party with { Latency = null };
        if (party.ClockSkew != TimeSpan.Zero)
            yield return party with { ClockSkew = TimeSpan.Zero };
        if (party.HasJournal && !mayDie)
            yield return party with { HasJournal = false };
        if (party.IsHasty)
            yield return party with { IsHasty = false };
    }
}
