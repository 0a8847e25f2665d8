using System.Net;
using Microsoft.Extensions.Configuration;

namespace RxWormhole.Cli;

/// <summary>What <c>rxwormhole serve</c> was asked for.</summary>
/// <param name="Mailbox">Where the mailbox server listens; null where there is none, or where the configuration's Kestrel section says.</param>
/// <param name="Relay">Where the transit relay listens, or null where there is none.</param>
/// <param name="Metrics">Where metrics are told, or null where they are not.</param>
/// <param name="HasMailbox">Whether there is a mailbox server.</param>
/// <param name="Configuration">Everything else, by the names of the options' properties: sections Mailbox, Relay, Kestrel, Logging.</param>
internal sealed record ServeSettings(IPEndPoint? Mailbox, IPEndPoint? Relay, IPEndPoint? Metrics, bool HasMailbox, IConfigurationRoot Configuration);
