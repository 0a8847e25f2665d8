namespace RxWormhole.Interop.Tests;

/// <summary>The servers that clients are told of.</summary>
/// <param name="Mailbox">The mailbox server.</param>
/// <param name="Relay">The relay, as <c>tcp://HOST:PORT</c>.</param>
internal sealed record TransferServers(Uri Mailbox, Uri Relay);
