using System.Collections.Immutable;

namespace RxWormhole.Protocol;

/// <summary>What follows from one frame on a server's connection.</summary>
/// <param name="Next">The connection's state, to go on from at once.</param>
/// <param name="Replies">What to send before anything else: usually an <c>ack</c>.</param>
/// <param name="Operation">What to do in the store, or null. Its result goes through <see cref="ConnectionState.Completed"/>.</param>
/// <param name="HangUp">Whether the connection ends after the replies.</param>
public readonly record struct ConnectionStep(
    ConnectionState Next, ImmutableArray<ServerMessage> Replies, Operation? Operation = null, bool HangUp = false);
