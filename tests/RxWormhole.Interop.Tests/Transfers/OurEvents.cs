using System.Text.Json.Nodes;
using RxWormhole.Contracts;

namespace RxWormhole.Interop.Tests;

/// <summary>What our command told so far.</summary>
internal static class OurEvents
{
    /// <summary>All events of a name, the first one first.</summary>
    internal static IEnumerable<JsonNode> All(PeerProcess process, string name) => Lines(process).Select(line => JsonNode.Parse(line)!).Where(each => (string?)each["event"] == name);

    internal static JsonNode? Last(PeerProcess process, string name) => All(process, name).LastOrDefault();

    /// <summary>How a process ended: <c>done</c>, or the kind of its error.</summary>
    internal static string? End(PeerProcess process) => Last(process, "error") is { } error ? (string?)error["kind"] : Last(process, "done") is not null ? "done" : null;

    /// <summary>Holds every line against the schema. A process that was killed tells no end, any other one.</summary>
    internal static void AssertValid(PeerProcess process)
    {
        var lines = Lines(process);
        EventSchema.AssertValid(lines);
        if (End(process) is not null)
            EventSchema.AssertEnded(lines);
    }

    private static string[] Lines(PeerProcess process)
    {
        var output = process.Output;
        // A line is whole once it is at its end.
        return output[..(output.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
