using System.Text;
using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>Sees that nobody adds a phase to a mailbox that has it: the Go and Rust clients end at a second <c>pake</c> or <c>version</c>, and take messages as they come.</summary>
/// <remarks>
/// What came late on a link that was given up nobody could know of, and a server that lost something has to be told again: worlds with the former are not looked at,
/// the latter begins anew. Requests over HTTP may be repeated, and the server knows.
/// </remarks>
internal sealed class MailboxWatch
{
    private readonly SortedDictionary<string, SortedSet<string>> added = new(StringComparer.Ordinal);
    private readonly Violations violations;
    private readonly bool isOff;

    internal MailboxWatch(WorldPlan plan, Violations violations)
    {
        this.violations = violations;
        isOff = plan.Faults.Any(fault => fault.Kind is WorldFaultKind.Isolated or WorldFaultKind.Partition) || plan.Pairs.Any(pair => pair.FileLength is not null);
        foreach (var party in plan.Pairs.SelectMany(pair => pair.Parties).Where(party => !party.IsOverHttp))
            added.Add(party.Name, new SortedSet<string>(StringComparer.Ordinal));
    }

    internal void OnFrame(VirtualFrame frame)
    {
        if (isOff || !frame.IsFromClient)
            return;
        var bytes = frame.Bytes.Span;
        // Whoever closes does not know whether what it says last was read before the mailbox vanished, and says it again to the empty one that it opens.
        if (bytes.IndexOf("\"type\":\"close\""u8) >= 0)
            Begin();
        if (!added.TryGetValue(frame.Client, out var phases) || bytes.IndexOf("\"type\":\"add\""u8) < 0)
            return;
        var phase = bytes[(bytes.IndexOf("\"phase\":\""u8) + 9)..];
        if (!phases.Add(Encoding.UTF8.GetString(phase[..phase.IndexOf((byte)'"')])))
            violations.Add("mailbox", $"{frame.Client} added the phase {Encoding.UTF8.GetString(phase[..phase.IndexOf((byte)'"')])} to a mailbox that has it");
    }

    internal void OnStrike(WorldFault fault)
    {
        if (fault.Kind is WorldFaultKind.ServerCrash or WorldFaultKind.ServerLoss)
            Begin();
    }

    private void Begin()
    {
        foreach (var phases in added.Values)
            phases.Clear();
    }
}
