namespace RxWormhole.Cli.Tests.Transfers;

/// <summary>What the other side is told to type: a shell has to take it as it is meant.</summary>
public sealed class OtherSideTests
{
    private static readonly ClientSettings Special = new() { Mailbox = new Uri("ws://example.com/v1?a=1&b=%20x"), AppId = "" };

    [Test]
    public void Command_IsForAShell()
    {
        Assert.That(OtherSide.Receives(Special, "1-a"), Is.EqualTo("rxwormhole receive --relay-url 'ws://example.com/v1?a=1&b=%20x' --appid '' 1-a"));
        Assert.That(OtherSide.Sends(Special with { Verify = true }, "1-it's"), Is.EqualTo(@"rxwormhole send --relay-url 'ws://example.com/v1?a=1&b=%20x' --appid '' --verify --code '1-it'\''s' WHAT"));
        Assert.That(OtherSide.Accepts(Special, "1-a"), Is.EqualTo("rxwormhole ssh accept --relay-url 'ws://example.com/v1?a=1&b=%20x' --appid '' 1-a"));
        Assert.That(
            OtherSide.Accepts(SshCommand.Usual with { Mailbox = new Uri("ws://example.com/v1"), AppId = "my id", Verify = true }, "1-a"),
            Is.EqualTo("rxwormhole ssh accept --relay-url ws://example.com/v1 --appid 'my id' --verify 1-a"));
    }

    [Test]
    public void CommandWithoutCode_SaysSo()
    {
        Assert.That(OtherSide.Receives(new ClientSettings { Zero = true }, "0-"), Is.EqualTo("rxwormhole receive -0"));
        Assert.That(OtherSide.Sends(new ClientSettings { Zero = true }, "0-"), Is.EqualTo("rxwormhole send -0 WHAT"));
    }

    [TestCase("ws://example.com:4000/v1", "ws://example.com:4000")]
    [TestCase("ws://example.com/v1?a=%20x", "ws://example.com/v1?a=%20x")]
    [TestCase("wss://example.com/box", "wss://example.com/box")]
    [TestCase("wss://relay.magic-wormhole.io/v1", null)]
    public void Link_NamesTheServerAndIsReadAsThat(string server, string? named)
    {
        var settings = new ClientSettings { Mailbox = new Uri(server) };
        var link = OtherSide.Link(settings, "1-a", sends: false);
        Assert.That(link.Rendezvous, Is.EqualTo(named));
        Assert.That(GivenCode.Read(link.ToString(), sends: false, settings.Mailbox), Is.EqualTo(new GivenCode("1-a", settings.Mailbox)));
    }
}
