using RxWormhole.Server;

namespace RxWormhole.Interop.Tests.Faults;

/// <summary>Our mailbox server and relay, with room for everything that comes from this one address.</summary>
internal static class FaultServer
{
    private const int Plenty = 1_000_000;

    internal static Task<WormholeServer> StartAsync() => WormholeServer.StartAsync(new WormholeServerOptions
    {
        Mailbox = mailbox =>
        {
            var limits = mailbox.Limits;
            limits.ConnectionsPerAddress = limits.MailboxesPerAddress = limits.NameplatesPerAddress = limits.RequestsPerMinute = Plenty;
        },
        Relay = relay => relay.ConnectionsPerAddress = relay.ConnectionsPerMinute = Plenty,
    });
}
