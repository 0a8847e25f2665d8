using System.Text.Json.Nodes;
using RxWormhole.Contracts;
using RxWormhole.Protocol.Tests.Server;
using RxWormhole.Tests;

namespace RxWormhole.Interop.Tests;

/// <summary>The recorded conversations, played at the same time to our server and to the Python server that is installed: both answer alike, but for what is named.</summary>
public sealed class SideBySideTests
{
    private PythonMailbox python = null!;
    private ServeProcess ours = null!;

    [OneTimeSetUp]
    public void StartServers()
    {
        python = new PythonMailbox("--advertise-version=1.2.3");
        // It has no option for a message of the day, and declares nothing about keeping.
        ours = new ServeProcess(options: ["--advertise-version", "1.2.3", "--set", "Mailbox:LongestKeep=00:11:00"]);
    }

    [OneTimeTearDown]
    public void StopServers()
    {
        python?.Dispose();
        ours?.Dispose();
    }

    private static IEnumerable<TestCaseData> Conversations() => Vectors.Cases("mailbox-server.json");

    [TestCaseSource(nameof(Conversations))]
    public async Task Conversation_IsAnsweredAlikeButForWhatIsNamed(JsonNode vector)
    {
        var (we, they) = (await LiveConversation.RecordAsync(ours.Mailbox, vector), await LiveConversation.RecordAsync(python.Address, vector));
        Assert.That(vector["steps"]!.AsArray().SelectMany((step, index) => Differences(vector, step!, we[index]!.AsObject(), they[index]!.AsObject())), Is.Empty);
    }

    private static IEnumerable<string> Differences(JsonNode vector, JsonNode step, JsonObject we, JsonObject they)
    {
        var actor = (string)step["connection"]!;
        var older = OlderReference.All.SingleOrDefault(each => each.Step(step));
        var isDeliberate = DeliberateDifferences.Of(vector)?.Step(step) ?? false;
        foreach (var connection in we.Concat(they).Select(each => each.Key).Distinct())
        {
            var (our, their) = (we[connection], they[connection]);
            var isAlike = JsonNode.DeepEquals(our, their);
            var isNamed = connection == actor && (older is not null
                ? our is JsonArray ourAnswers && their is JsonArray theirAnswers && older.Shows(ourAnswers, theirAnswers)
                : isDeliberate && JsonNode.DeepEquals(step["replies"]?[connection], their));
            // What is named has to show: else the list holds what is no difference any more.
            var isMeantToDiffer = connection == actor && (older is not null || isDeliberate);
            if (isMeantToDiffer ? isAlike || !isNamed : !isAlike)
                yield return $"{step.ToJsonString()}\n  {connection}, ours: {our?.ToJsonString()}\n  theirs: {their?.ToJsonString()}";
        }
    }
}
