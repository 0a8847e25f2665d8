namespace RxWormhole.Cli.Tests;

/// <summary>Where a code may come from, and what is found out about it before anybody is called.</summary>
public sealed class CodesTests
{
    private const string Link = "wormhole-transfer:7-crossover-clockwork?rendezvous=ws%3A%2F%2Fexample.com%3A4000";

    [TestCase("7-crossover-clockwork")]
    [TestCase("7-CROSSOVER-Clockwork")]
    [TestCase(" 7 crossover clockwork ")]
    public void Code_IsMended(string typed) => Assert.That(new Typed("receive", typed).Settings().Code, Is.EqualTo("7-crossover-clockwork"));

    [TestCase("crossover-clockwork")]
    [TestCase("x-crossover")]
    public void WhatIsNoCode_IsFoundAndNotRepeated(string typed)
    {
        foreach (var problem in new[] { new Typed("receive", typed).Problem(), new Typed("send", "--code", typed, "x").Problem(), FromEnvironment(typed, "receive").Problem() })
        {
            Assert.That(problem.Message, Does.StartWith("A code is a number, a hyphen and words"));
            Assert.That(problem.Message + problem.Advice, Does.Not.Contain($"'{typed}'"));
        }
    }

    [TestCase("7")]
    [TestCase("7-")]
    [TestCase("wormhole-transfer:7-")]
    public void NumberAlone_IsNoCode(string typed) => Assert.That(new Typed("receive", typed).Problem().Message, Does.StartWith("The words are missing"));

    [Test]
    public void EnvironmentsCode_IsTakenUnlessAnotherIsGiven()
    {
        Assert.That(FromEnvironment("1-a", "receive").Settings().Code, Is.EqualTo("1-a"));
        Assert.That(FromEnvironment("1-a", "send", "x").Settings().Code, Is.EqualTo("1-a"));
        Assert.That(FromEnvironment("1-a", "ssh", "accept").Settings().Code, Is.EqualTo("1-a"));
        Assert.That(FromEnvironment("1-a", "receive", "2-b").Settings().Code, Is.EqualTo("2-b"));
    }

    [TestCase("receive", "--allocate")]
    [TestCase("receive", "-0")]
    [TestCase("send", "x", "-0")]
    [TestCase("ssh", "invite")]
    public void EnvironmentsCode_IsLeftWhereThereIsNone(params string[] words) => Assert.That(FromEnvironment("1-a", words).Settings().Code, Is.Null);

    [TestCase("send", "-")]
    [TestCase("send", "--text", "-")]
    public void EnvironmentsCodeFromInput_LeavesNothingToSend(params string[] words) => Assert.That(FromEnvironment("-", words).Problem().Message, Does.Contain("Standard input"));

    [Test]
    public void InputsCode_IsReadLater() => Assert.That(new Typed("receive", "-").Settings().Code, Is.EqualTo("-"));

    [Test]
    public void Link_GivesCodeAndServer()
    {
        var settings = new Typed("receive", Link).Settings();
        Assert.That((settings.Code, settings.Mailbox), Is.EqualTo(("7-crossover-clockwork", new Uri("ws://example.com:4000/v1"))));
    }

    [Test]
    public void LinkWithoutServer_IsForThePublicOne()
    {
        var typed = new Typed("receive", "wormhole-transfer:1-a") { Environment = { ["WORMHOLE_RELAY_URL"] = "ws://other/v1" } };
        Assert.That(typed.Settings().Mailbox, Is.EqualTo(PublicServers.Mailbox));
    }

    [Test]
    public void LinksServer_IsHeardBeforeTheEnvironment_AndMayNotContradictAnOption()
    {
        Assert.That(new Typed("receive", Link) { Environment = { ["WORMHOLE_RELAY_URL"] = "ws://other/v1" } }.Settings().Mailbox.Host, Is.EqualTo("example.com"));
        Assert.That(new Typed("receive", Link, "--relay-url", "ws://example.com:4000/v1").Settings().Mailbox.Host, Is.EqualTo("example.com"));
        foreach (var other in new[] { "ws://other/v1", "ws://example.com:4000/box", "wss://example.com:4000/v1" })
        {
            var problem = new Typed("receive", Link, "--relay-url", other).Problem();
            Assert.That(problem.Message, Does.Contain("ws://example.com:4000/v1"));
            Assert.That(problem.Advice, Does.Contain("--relay-url"));
        }
    }

    [Test]
    public void LinkWithAPath_KeepsIt() =>
        Assert.That(new Typed("receive", "wormhole-transfer:1-a?rendezvous=wss%3A%2F%2Fexample.com%2Fbox").Settings().Mailbox, Is.EqualTo(new Uri("wss://example.com/box")));

    [Test]
    public void LinkForTheOtherCommand_NamesIt()
    {
        Assert.That(new Typed("receive", "wormhole-transfer:1-a?role=leader").Problem().Advice, Does.Contain("rxwormhole send --code"));
        Assert.That(new Typed("send", "--code", "wormhole-transfer:1-a", "x").Problem().Advice, Does.Contain("rxwormhole receive"));
        Assert.That(new Typed("send", "--code", "wormhole-transfer:1-a?role=leader", "x").Settings().Code, Is.EqualTo("1-a"));
    }

    [TestCase("wormhole-transfer:")]
    [TestCase("wormhole-transfer:1-a?version=9")]
    [TestCase("wormhole-transfer:nonsense")]
    [TestCase("wormhole-transfer:1-a?rendezvous=http%3A%2F%2Fexample.com")]
    [TestCase("wormhole-transfer:1-a?rendezvous=file%3A%2F%2F%2Fetc")]
    public void LinkThatMakesNoSense_IsRefused(string link) => Assert.That(new Typed("receive", link).Problem().Message, Is.Not.Empty);

    private static Typed FromEnvironment(string code, params string[] words) => new(words) { Environment = { ["RXWORMHOLE_CODE"] = code } };
}
