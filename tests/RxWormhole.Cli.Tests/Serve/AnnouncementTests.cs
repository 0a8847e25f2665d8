using System.Net;

namespace RxWormhole.Cli.Tests;

public sealed class AnnouncementTests
{
    [Test]
    public void Everything_IsToldToScriptsAndToPeople() =>
        Assert.That(Announcement.Of(["ws://127.0.0.1:1/v1", "wss://[::1]:2/v1"], IPEndPoint.Parse("127.0.0.1:3"), IPEndPoint.Parse("127.0.0.1:4")), Is.EqualTo(
            """
            mailbox ws://127.0.0.1:1/v1
            mailbox wss://[::1]:2/v1
            relay tcp:127.0.0.1:3
            metrics http://127.0.0.1:4/metrics

            Tell clients with
              export WORMHOLE_RELAY_URL=ws://127.0.0.1:1/v1
              export WORMHOLE_TRANSIT_HELPER=tcp:127.0.0.1:3
            or
              wormhole --relay-url=ws://127.0.0.1:1/v1 --transit-helper=tcp:127.0.0.1:3 send FILE

            """));

    [Test]
    public void RelayAlone_IsNoServerToTellClients() =>
        Assert.That(Announcement.Of([], IPEndPoint.Parse("127.0.0.1:3"), null), Is.EqualTo("relay tcp:127.0.0.1:3\n"));

    [Test]
    public void MailboxAlone_NamesNoRelay() =>
        Assert.That(Announcement.Of(["ws://127.0.0.1:1/v1"], null, null), Does.Contain("--relay-url=ws://127.0.0.1:1/v1 send FILE\n").And.Not.Contain("transit").IgnoreCase);

    [TestCase("http://127.0.0.1:4000", "ws://127.0.0.1:4000/v1")]
    [TestCase("https://[::1]:443", "wss://[::1]:443/v1")]
    [TestCase("http://localhost:4000", "ws://localhost:4000/v1")]
    public void UrlOfKestrel_IsOneForClients(string url, string expected) => Assert.That(Announcement.MailboxUrl(url), Is.EqualTo(expected));

    [TestCase("http://[::]:4000")]
    [TestCase("http://0.0.0.0:4000")]
    public void EveryAddress_IsTheMachinesName(string url) => Assert.That(Announcement.MailboxUrl(url), Is.EqualTo($"ws://{Environment.MachineName}:4000/v1"));
}
