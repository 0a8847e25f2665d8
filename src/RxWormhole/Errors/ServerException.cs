using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>The rendezvous server could not or would not serve the session.</summary>
public sealed class ServerException : WormholeException
{
    internal ServerException(ServerFault fault, string message, Mood mood, Exception? inner = null)
        : base(message, mood, inner) => Fault = fault;

    /// <summary>What was the matter.</summary>
    public ServerFault Fault { get; }
}
