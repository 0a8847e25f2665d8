using System.Text.Json.Nodes;

namespace RxWormhole.Tests;

public sealed class MailboxClientVectorTests : VirtualTimeFixture
{
    private static IEnumerable<TestCaseData> Cases() => Vectors.Cases("mailbox-client.json");

    private static IEnumerable<TestCaseData> Differences() =>
        from difference in DeliberateDifferences.All
        from name in difference.Cases
        select new TestCaseData(difference, name).SetArgDisplayNames(difference.Name, name);

    [TestCaseSource(nameof(Cases))]
    public void Vector_GivesTheSameEventsAndCommands(JsonNode vector) =>
        Assert.That(RecordedClient.Play(vector, Accommodations.All), Is.Empty);

    [TestCaseSource(nameof(Differences))]
    public void DeliberateDifference_FailsAgainstThePlainReferenceAnswer(DeliberateDifference difference, string name)
    {
        var vector = Cases().Select(data => (JsonNode)data.Arguments[0]!).Single(vector => vector["name"].Text() == name);
        Assert.That(RecordedClient.Play(vector, Accommodations.All & ~difference.Accommodation), Is.Not.Empty);
    }
}
