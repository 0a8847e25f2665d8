using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace RxWormhole.Cli;

/// <summary>What Kestrel listens on; once it was started, with the real ports.</summary>
internal sealed class Listeners
{
    internal ListenOptions? Mailbox { get; set; }

    internal ListenOptions? Metrics { get; set; }
}
