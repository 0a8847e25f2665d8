namespace RxWormhole.Protocol;

/// <summary>What came of an operation.</summary>
/// <param name="Reply">What the connection is answered, or null where it is answered nothing (<c>open</c>, <c>add</c>) or refused.</param>
/// <param name="Refusal">The text of the <c>error</c>, or null.</param>
/// <param name="Replay">For <c>open</c>: what lies in the mailbox, to be sent to the connection.</param>
/// <param name="Added">For <c>add</c>: the message, to be sent to all subscribers of the mailbox.</param>
public readonly record struct OperationResult(
    ServerMessage? Reply,
    string? Refusal = null,
    IReadOnlyList<ServerMessage.Message>? Replay = null,
    ServerMessage.Message? Added = null)
{
    /// <summary>What the store held of nameplate and mailbox before.</summary>
    public Meeting Before { get; init; }

    /// <summary>What it holds after.</summary>
    public Meeting After { get; init; }
}
