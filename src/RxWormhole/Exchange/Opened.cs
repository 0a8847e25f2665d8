namespace RxWormhole;

/// <summary>A message of the peer that fits the key.</summary>
/// <param name="Phase">Its phase.</param>
/// <param name="Plaintext">What it says, still untrusted.</param>
internal sealed record Opened(string Phase, ReadOnlyMemory<byte> Plaintext);
