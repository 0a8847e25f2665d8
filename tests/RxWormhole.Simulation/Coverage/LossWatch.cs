using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>Sees which links a fault takes away, and where in the script they were.</summary>
internal sealed class LossWatch
{
    private readonly SortedDictionary<string, LinkProgress> progress = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, LinkKind> kinds = new(StringComparer.Ordinal);
    private readonly VirtualWorld world;

    internal LossWatch(VirtualWorld world, WorldPlan plan)
    {
        this.world = world;
        foreach (var party in plan.Pairs.SelectMany(pair => pair.Parties))
        {
            progress.Add(party.Name, new LinkProgress());
            kinds.Add(party.Name, party.Link);
        }

        world.Arrived += frame =>
        {
            progress[frame.Client].On(frame);
            if (!plan.Cuts.IsEmpty && plan.Cuts.Contains(new FrameCut(frame.Client, world.Server.Client(frame.Client).Frames)))
                Lose(frame.Client);
        };
        world.Striking += OnStrike;
    }

    /// <summary>How many links were lost.</summary>
    internal int LinksCut { get; private set; }

    /// <summary>One bit for each combination of <see cref="LossRow"/> and <see cref="LinkKind"/> in which a link was lost.</summary>
    internal ulong States { get; private set; }

    private void OnStrike(WorldFault fault)
    {
        if (!EndsLinks(fault.Kind))
            return;
        foreach (var process in world.Processes)
        {
            if ((fault.Victim.Length > 0 && fault.Victim != process.Name) || (fault.Victim.Length == 0 && process.Server != world.Server) || process.Client.LinksOpen == 0)
                continue;
            Lose(process.Name);
        }
    }

    private void Lose(string name)
    {
        LinksCut++;
        States |= 1UL << WorldStates.Bit(progress[name].RowOf(world.Processes.First(process => process.Name == name).Client.LinksMade), kinds[name]);
    }

    private static bool EndsLinks(WorldFaultKind kind) => kind is WorldFaultKind.Cut or WorldFaultKind.HalfOpen or WorldFaultKind.Unplugged
        or WorldFaultKind.ServerRestart or WorldFaultKind.ServerCrash or WorldFaultKind.ServerLoss or WorldFaultKind.Death or WorldFaultKind.PowerLoss;
}
