using System.Net;
using Microsoft.Extensions.Logging;

namespace RxWormhole.Server;

/// <summary>What <see cref="WormholeServer.StartAsync"/> starts.</summary>
public sealed class WormholeServerOptions
{
    /// <summary>Where the mailbox server listens, or null for none.</summary>
    /// <value>A free port on 127.0.0.1 unless told otherwise.</value>
    public IPEndPoint? MailboxEndPoint { get; set; } = new(IPAddress.Loopback, 0);

    /// <summary>What the mailbox server is like.</summary>
    public Action<MailboxServerOptions>? Mailbox { get; set; }

    /// <summary>Where the transit relay listens, or null for none.</summary>
    /// <value>A free port on 127.0.0.1 unless told otherwise.</value>
    public IPEndPoint? RelayEndPoint { get; set; } = new(IPAddress.Loopback, 0);

    /// <summary>What the transit relay is like.</summary>
    public Action<RelayServerOptions>? Relay { get; set; }

    /// <summary>Gets what an operator should know; null for silence.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }
}
