namespace RxWormhole.Protocol;

/// <summary>The beginning of something, which the receiver has already.</summary>
/// <param name="Length">How many bytes, more than zero.</param>
/// <param name="Sha256">Their SHA-256, in lower-case hex.</param>
public sealed record TransferPart(long Length, string Sha256);
