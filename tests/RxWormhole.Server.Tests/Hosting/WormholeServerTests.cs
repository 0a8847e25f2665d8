namespace RxWormhole.Server.Tests;

public sealed class WormholeServerTests
{
    [Test]
    public void NeitherMailboxNorRelay_IsRefused() => Assert.That(
        () => WormholeServer.StartAsync(new WormholeServerOptions { MailboxEndPoint = null, RelayEndPoint = null }),
        Throws.ArgumentException);

    [Test]
    public async Task RelayAlone_IsStarted()
    {
        await using var server = await WormholeServer.StartAsync(new WormholeServerOptions { MailboxEndPoint = null });
        Assert.That(server.Relay, Does.StartWith("tcp:127.0.0.1:"));
        Assert.That(() => server.Mailbox, Throws.InvalidOperationException);
    }
}
