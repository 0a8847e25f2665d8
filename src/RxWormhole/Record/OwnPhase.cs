namespace RxWormhole;

/// <summary>One message of ours, from the moment it was accepted until the end of the session.</summary>
/// <param name="Phase">Its phase, which is never used for two contents.</param>
/// <param name="Bytes">The sealed body; the plaintext while it waits for the key.</param>
/// <param name="IsSealed">Which of the two it is. A body, once sealed, is sent again byte for byte.</param>
/// <param name="IsOffered">Whether it was ever handed to a link. What was may lie in the mailbox, so it is not sent again before that is known.</param>
/// <param name="IsEchoed">Whether the server was seen to have it.</param>
internal sealed record OwnPhase(string Phase, ReadOnlyMemory<byte> Bytes, bool IsSealed, bool IsOffered = false, bool IsEchoed = false);
