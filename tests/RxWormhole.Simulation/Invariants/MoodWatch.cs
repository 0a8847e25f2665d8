using System.Text;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>Sees that a mailbox is closed with the mood that the session tells its application.</summary>
internal sealed class MoodWatch
{
    private readonly SortedDictionary<string, string> moods = new(StringComparer.Ordinal);

    internal void OnFrame(VirtualFrame frame)
    {
        var bytes = frame.Bytes.Span;
        if (!frame.IsFromClient || bytes.IndexOf("\"type\":\"close\""u8) < 0 || bytes.IndexOf("\"mood\":\""u8) is not (>= 0 and var at))
            return;
        var mood = bytes[(at + 8)..];
        moods[frame.Client] = Encoding.UTF8.GetString(mood[..mood.IndexOf((byte)'"')]);
    }

    internal void Check(SimulatedWorld world)
    {
        foreach (var party in world.Pairs.SelectMany(pair => pair.Parties).Where(party => party is { Sessions: 1, Process.Lives: 1 }))
        {
            // A mailbox that came into being by mistake is closed lonely.
            if (moods.TryGetValue(party.Name, out var said) && said != "lonely" && party.Probes[0].LastStatus?.Outcome is { } outcome && said != outcome.Mood.ToWire())
                world.Violations.Add("mood", $"{party.Name} closed its mailbox {said}, and its session ended {outcome.Mood}");
            if (moods.TryGetValue(party.Name, out said) && said == "lonely" && world.IsCalm && party.Probes[0].LastStatus?.Outcome?.Mood != Mood.Lonely)
                world.Violations.Add("mood", $"{party.Name} closed its mailbox lonely, and its session ended {party.Probes[0].LastStatus?.Outcome?.Mood}");
        }
    }
}
