using System.Text.Json.Nodes;

namespace RxWormhole.Protocol.Tests.Server;

/// <summary>Where our server is meant to differ from the reference server; nowhere else. Each entry fails against the reference's answer.</summary>
internal static class DeliberateDifferences
{
    internal static IReadOnlyList<DeliberateDifference> All { get; } =
    [
        new(
            "a third side is refused without being recorded: the first two open again as before",
            step => Sends(step, "open") && RepliesTo(step) is [_, { } second] && (string?)second["error"] == "crowded"
                && (string)step["connection"]! != "c",
            (vector, step) => [Ack(step), .. MessagesSeen(vector, step)]),
        new(
            "the last close takes an unreleased nameplate with it: answered, where the reference fails and drops the connection",
            step => Sends(step, "close") && step["drops_connection"] is not null,
            (_, step) => [Ack(step), new JsonObject { ["type"] = "closed" }]),
        new(
            "a nameplate that is not 1 to 40 digits is answered with an error, where the reference drops the connection",
            step => Sends(step, "claim") && step["drops_connection"] is not null,
            (_, step) => [Ack(step), Error(step, step["sends"]!["nameplate"] is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.String
                ? "'nameplate' must be 1 to 40 digits"
                : "'nameplate' must be text")]),
        new(
            "a frame that is not a JSON object is answered with an error, where the reference drops the connection",
            step => step["sends_frame"] is not null && step["drops_connection"] is not null,
            (_, _) => [new JsonObject { ["type"] = "error", ["error"] = "a message must be a JSON object", ["orig"] = null }]),
    ];

    internal static DeliberateDifference? Of(JsonNode vector) => All.SingleOrDefault(difference => difference.AppliesTo(vector));

    private static bool Sends(JsonNode step, string type) => (string?)step["sends"]?["type"] == type;

    private static JsonArray RepliesTo(JsonNode step) => step["replies"]?[(string)step["connection"]!]?.AsArray() ?? [];

    // What lies in the mailbox: the side saw all of it go by on its first connection.
    private static IEnumerable<JsonNode> MessagesSeen(JsonNode vector, JsonNode until) =>
        vector["steps"]!.AsArray()
            .Take(until.GetElementIndex())
            .SelectMany(step => step!["replies"]?[(string)until["connection"]!]?.AsArray() ?? [])
            .Where(message => (string?)message!["type"] == "message")
            .Select(message => message!.DeepClone());

    private static JsonObject Ack(JsonNode step) => new() { ["type"] = "ack", ["id"] = step["sends"]!["id"]?.DeepClone() };

    private static JsonObject Error(JsonNode step, string text) =>
        new() { ["type"] = "error", ["error"] = text, ["orig"] = step["sends"]!.DeepClone() };
}
