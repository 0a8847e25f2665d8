using System.Text.Json.Nodes;
using RxWormhole.Tests;

namespace RxWormhole.Protocol.Tests.Server;

public sealed class MailboxServerVectorTests
{
    private static IEnumerable<TestCaseData> Conversations() => Vectors.Cases("mailbox-server.json");

    private static IEnumerable<TestCaseData> Differences() =>
        DeliberateDifferences.All.Select(difference => new TestCaseData(difference).SetArgDisplayNames(difference.Name));

    [TestCaseSource(nameof(Conversations))]
    public void Vector_IsAnsweredAsTheReferenceDoesOrAsRecommended(JsonNode vector)
    {
        var difference = DeliberateDifferences.Of(vector);
        var played = Conversation.Play(difference?.Expected(vector) ?? vector);
        Assert.That(played, Is.Empty);
    }

    [TestCaseSource(nameof(Differences))]
    public void DeliberateDifference_FailsAgainstThePlainReferenceAnswer(DeliberateDifference difference)
    {
        var cases = Conversations().Select(data => (JsonNode)data.Arguments[0]!).Where(difference.AppliesTo).ToArray();
        Assert.That(cases, Is.Not.Empty, "no vector shows this difference any more");
        foreach (var vector in cases)
            Assert.That(Conversation.Play(vector), Is.Not.Empty, vector["name"].Text());
    }

    [Test]
    public void EveryRecommendation_IsADeliberateDifference()
    {
        var recommended = Conversations().Select(data => (JsonNode)data.Arguments[0]!).Where(vector => vector["recommended"] is not null);
        Assert.That(recommended.Where(vector => DeliberateDifferences.Of(vector) is null).Select(vector => vector["name"].Text()), Is.Empty);
    }
}
