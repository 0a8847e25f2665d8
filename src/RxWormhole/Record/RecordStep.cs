namespace RxWormhole;

/// <summary>What a message of the server means for a session.</summary>
/// <param name="Record">The record from now on.</param>
/// <param name="Peer">The message of somebody else that it was, or null.</param>
/// <param name="Echoed">The phase of ours that the server was seen to have for the first time, or null.</param>
/// <param name="Fault">Why the session has to end, or null.</param>
internal readonly record struct RecordStep(SessionRecord Record, PeerMessage? Peer = null, string? Echoed = null, WormholeException? Fault = null);
