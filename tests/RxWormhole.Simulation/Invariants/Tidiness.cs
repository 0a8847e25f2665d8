using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>What has to be gone when everybody is done: timers and links at once, nameplates and mailboxes where the server said so, and all of it once their time is over.</summary>
internal static class Tidiness
{
    private static readonly TimeSpan UntilForgotten = TimeSpan.FromDays(4);

    internal static void Check(SimulatedWorld world)
    {
        foreach (var party in world.Pairs.SelectMany(pair => pair.Parties))
        {
            if (party.Process.ItemsPending > 0)
                world.Violations.Add("timer", $"{party.Name}: {party.Process.ItemsPending} items wait on its clock behind its end");
            if (party.Process.Client.LinksOpen > 0)
                world.Violations.Add("link", $"{party.Name}: {party.Process.Client.LinksOpen} links are open behind its end");
        }

        if (world.Plan.HasTransfer)
        {
            foreach (var left in world.World.Network.LeftBehind)
                world.Violations.Add("connection", left);
        }

        foreach (var pair in world.Pairs.Where(IsAcknowledged))
            CheckFreed(world, pair);
        world.World.Settle(UntilForgotten);
        foreach (var server in world.World.Servers)
        {
            foreach (var left in server.LeftBehind)
                world.Violations.Add("forgotten", $"{left}, days later");
        }
    }

    private static bool IsAcknowledged(Pair pair) =>
        pair.Parties.TrueForAll(party => party is { Closed.Acknowledged: true, Process.Lives: 1, Sessions: 1 });

    // What was claimed late, on a link that was given up, nobody can take back: it is pruned.
    private static void CheckFreed(SimulatedWorld world, Pair pair)
    {
        if (world.World.Struck.Any(fault => fault.Kind is WorldFaultKind.Isolated or WorldFaultKind.Partition)
            || !world.World.Servers[pair.Plan.Server].Applications.TryGetValue(pair.AppId, out var application))
            return;
        foreach (var code in pair.Codes.Append(pair.HumanCode))
        {
            var name = code[..code.IndexOf('-', StringComparison.Ordinal)];
            if (application.FindNameplate(name) is not null)
                world.Violations.Add("freed", $"nameplate {name} is left, though all were told that they gave it back");
        }

        // A nameplate whose allocation was never answered nobody knows of; it points at one mailbox. One that was never opened is left to the server's pruning.
        if (world.Pairs.All(pair => IsAcknowledged(pair) && pair.Parties.TrueForAll(party => party.Probes[0].HasMet)) && application.Mailboxes.Count > application.Nameplates.Count)
            world.Violations.Add("freed", $"{application.Mailboxes.Count} mailboxes are left, though all were told that they closed theirs");
    }
}
