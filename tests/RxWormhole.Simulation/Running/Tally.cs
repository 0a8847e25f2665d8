using System.Globalization;
using System.Numerics;
using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>The sum of many worlds. Added to by several threads.</summary>
internal sealed class Tally
{
    private readonly Lock gate = new();
    private readonly int[] faults = new int[Enum.GetValues<WorldFaultKind>().Length];
    private readonly int[] scenarios = new int[Enum.GetValues<Scenario>().Length];
    private readonly List<WorldResult> failures = [];
    private long sessions, cuts, restores, crashes, polls, transfers, messages, struck;
    private ulong states;

    internal int Worlds { get; private set; }

    internal int Failed { get; private set; }

    /// <summary>The failed worlds of the lowest seeds.</summary>
    internal IReadOnlyList<WorldResult> Failures
    {
        get
        {
            lock (gate)
                return [.. failures.OrderBy(failure => failure.Seed).Take(5)];
        }
    }

    internal void Add(WorldResult result)
    {
        lock (gate)
        {
            Worlds++;
            if (result.IsFailed)
            {
                Failed++;
                failures.Add(result);
            }

            sessions += result.Sessions;
            cuts += result.LinksCut;
            restores += result.Restores;
            crashes += result.ServerCrashes;
            polls += result.Polls;
            transfers += result.Transfers;
            messages += result.Messages;
            struck += result.Faults;
            states |= result.States;
            Count(faults, result.FaultKinds);
            Count(scenarios, result.Scenarios);
        }
    }

    /// <summary>How much a world holds on average, and what occurred too seldom.</summary>
    internal IEnumerable<string> Averages()
    {
        yield return Text($"A world holds {(double)sessions / Worlds:F1} sessions, {(double)struck / Worlds:F1} faults and {(double)messages / Worlds:F1} messages on average.");
        yield return "Faults, in so many of a hundred worlds: " + Shares<WorldFaultKind>(faults);
        yield return "Scenarios: " + Shares<Scenario>(scenarios);
        var missing = WorldStates.Missing(states).ToArray();
        if (missing.Length > 0)
            yield return "Never lost: " + string.Join(", ", missing);
    }

    /// <summary>What a run of many worlds has to hold, in words, where it does not.</summary>
    internal IEnumerable<string> Shortcomings()
    {
        if (sessions < 2L * Worlds || struck < 3L * Worlds || messages < 20L * Worlds)
            yield return "A world holds too little.";
        foreach (var kind in Enum.GetValues<WorldFaultKind>().Where(kind => faults[(int)kind] * 20 < Worlds))
            yield return Text($"The fault {kind} occurs in less than one world of twenty.");
        foreach (var scenario in Enum.GetValues<Scenario>().Where(scenario => scenarios[(int)scenario] * 20 < Worlds))
            yield return Text($"The scenario {scenario} occurs in less than one world of twenty.");
        foreach (var row in Enum.GetValues<LossRow>().Where(row => !WorldStates.Has(states, row)))
            yield return Text($"No link was lost in the row {row}.");
    }

    internal string LastLine() => Text(
        $"{Worlds} worlds, {Failed} failed, {sessions} sessions, {cuts} links cut, {restores} restores, {crashes} server crashes, {polls} polls, {transfers} transfers, {messages} messages, ")
        + Text($"coverage {WorldStates.CountOf(states)}/{WorldStates.Count} states {faults.Count(count => count > 0)}/{faults.Length} faults");

    private string Shares<TKind>(int[] counts)
        where TKind : struct, Enum =>
        string.Join(", ", Enum.GetValues<TKind>().Select((kind, index) => Text($"{kind} {100.0 * counts[index] / Worlds:F1}")));

    private static void Count(int[] counts, uint bits)
    {
        for (; bits != 0; bits &= bits - 1)
            counts[BitOperations.TrailingZeroCount(bits)]++;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
