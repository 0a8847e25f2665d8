namespace RxWormhole.Cli.Tests.FrontEnds;

/// <summary>What is entered as a code.</summary>
public sealed class TypedCodeTests
{
    [TestCase("7-crossover-clockwork", "7-crossover-clockwork")]
    [TestCase(" 7 Crossover Clockwork ", "7-crossover-clockwork")]
    [TestCase("wormhole-transfer:7-crossover-clockwork", "7-crossover-clockwork")]
    [TestCase("WORMHOLE-TRANSFER:7-my%20own", "7-my-own")]
    [TestCase("wormhole-transfer:7-a-b?rendezvous=ws%3A%2F%2Fevil.example", null)]
    [TestCase("wormhole-transfer:7-a-b?what=else", null)]
    [TestCase("crossover", null)]
    [TestCase("7", null)]
    [TestCase("7-", null)]
    [TestCase("", null)]
    public void Entered_IsACodeOrNone(string typed, string? expected)
    {
        var (code, reason) = TypedCode.Read(typed, PublicServers.Mailbox);
        Assert.That(code, Is.EqualTo(expected));
        Assert.That(reason is null, Is.EqualTo(code is not null));
    }

    [Test]
    public void LinkOfThisServer_IsTaken()
    {
        const string Link = "wormhole-transfer:7-a-b?rendezvous=ws%3A%2F%2Fserver.example%3A4000";
        Assert.That(TypedCode.Read(Link, new Uri("ws://server.example:4000/v1")).Code, Is.EqualTo("7-a-b"));
        Assert.That(TypedCode.Read("wormhole-transfer:7-a-b", new Uri("ws://server.example:4000/v1")).Reason, Does.Contain(PublicServers.Mailbox.ToString()));
    }
}
