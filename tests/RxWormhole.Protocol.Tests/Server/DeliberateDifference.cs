using System.Text.Json.Nodes;

namespace RxWormhole.Protocol.Tests.Server;

/// <summary>One way in which our server answers otherwise than the reference, on purpose.</summary>
/// <param name="Name">What is different.</param>
/// <param name="Step">Recognizes the step of a recorded conversation in which it shows.</param>
/// <param name="Answer">What the one who sent that step's command is answered instead, given the conversation and the step.</param>
public sealed record DeliberateDifference(string Name, Func<JsonNode, bool> Step, Func<JsonNode, JsonNode, JsonArray> Answer)
{
    internal bool AppliesTo(JsonNode vector) => vector["steps"]!.AsArray().Any(step => Step(step!));

    /// <summary>The conversation as our server should answer it.</summary>
    internal JsonNode Expected(JsonNode vector)
    {
        var expected = vector.DeepClone();
        foreach (var step in expected["steps"]!.AsArray().Where(step => Step(step!)))
        {
            step!.AsObject().Remove("drops_connection");
            step["replies"] = new JsonObject { [(string)step["connection"]!] = Answer(vector, step) };
        }

        return expected;
    }

    public override string ToString() => Name;
}
