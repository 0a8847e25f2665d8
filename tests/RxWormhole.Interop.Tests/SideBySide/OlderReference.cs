using System.Text.Json;
using System.Text.Json.Nodes;

namespace RxWormhole.Interop.Tests;

/// <summary>A way in which the Python server that Debian has answers otherwise than the one that the vectors were recorded from.</summary>
/// <param name="Name">What is different, and since when.</param>
/// <param name="Step">Recognizes the step of a conversation in which it shows.</param>
/// <param name="Shows">Whether it does, given our answer and that server's.</param>
public sealed record OlderReference(string Name, Func<JsonNode, bool> Step, Func<JsonArray, JsonArray, bool> Shows)
{
    /// <summary>All of them. The package is of version 0.4.1, the vectors are of 0.8.0.</summary>
    internal static IReadOnlyList<OlderReference> All { get; } =
    [
        new(
            "the welcome does not tell the client's address: that came with 0.8.0",
            step => (string?)step["do"] == "connect",
            (ours, theirs) =>
            {
                var without = ours.DeepClone();
                without[0]!["welcome"]!.AsObject().Remove("your-address");
                return JsonNode.DeepEquals(without, theirs);
            }),
        new(
            "any text is a nameplate: since 0.7.0 other ones drop the connection, where we answer with an error",
            step => (string?)step["sends"]?["type"] == "claim" && step["drops_connection"] is not null
                && step["sends"]!["nameplate"]!.GetValueKind() == JsonValueKind.String,
            (ours, theirs) => Types(ours) is ["ack", "error"] && Types(theirs) is ["ack", "claimed"]),
    ];

    public override string ToString() => Name;

    private static string[] Types(JsonArray answers) => [.. answers.Select(answer => (string)answer!["type"]!)];
}
