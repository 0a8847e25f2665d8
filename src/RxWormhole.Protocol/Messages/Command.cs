namespace RxWormhole.Protocol;

/// <summary>What a server makes of one frame from a client: the command, or what is wrong with it.</summary>
/// <remarks>
/// A frame with a fault still tells its type and id, because a server acknowledges before it looks closer
/// (the mailbox protocol, section 2.5: type, ack, ping and bind, bound, known type, then the command's own checks).
/// </remarks>
public sealed record Command
{
    /// <summary>The type, or null where the frame has none.</summary>
    public string? Type { get; init; }

    /// <summary>The JSON text of the id, <c>null</c> where there is none.</summary>
    public string Id { get; init; } = "null";

    /// <summary>The command, or null where <see cref="Fault"/> says what is wrong.</summary>
    public ClientMessage? Message { get; init; }

    /// <summary>What is wrong with the frame, in the words of the reference server where it has any; null where nothing is.</summary>
    public string? Fault { get; init; }

    /// <summary>The JSON text of the whole frame, <c>null</c> where it is not JSON.</summary>
    public string Original { get; init; } = "null";
}
