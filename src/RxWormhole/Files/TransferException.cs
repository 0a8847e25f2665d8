using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>A transfer failed. The session itself goes on.</summary>
public sealed class TransferException : WormholeException
{
    internal TransferException(TransferFault fault, string message, Exception? inner = null, Mood mood = Mood.Happy)
        : base(message, mood, inner) => Fault = fault;

    /// <summary>What the other side is told, or null for what everybody is told of this fault.</summary>
    internal string? Words { get; init; }

    /// <summary>Why.</summary>
    public TransferFault Fault { get; }
}
