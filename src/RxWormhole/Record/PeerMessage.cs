namespace RxWormhole;

/// <summary>A message in the mailbox that is not ours.</summary>
/// <param name="Side">Whose it is.</param>
/// <param name="Phase">Its phase.</param>
/// <param name="Body">Its body, untrusted.</param>
internal sealed record PeerMessage(string Side, string Phase, ReadOnlyMemory<byte> Body);
