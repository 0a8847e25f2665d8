using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>Transit failed: no connection to the other side could be made, or it came to a bad end. The session itself goes on.</summary>
public sealed class TransitException : WormholeException
{
    internal TransitException(TransitFault fault, string message, Exception? inner = null)
        : base(message, Mood.Errory, inner) => Fault = fault;

    /// <summary>What was the matter.</summary>
    public TransitFault Fault { get; }

    /// <summary>Whether there was a connection, and a new one may do: after the first one was lost, one that could not be made is as good as lost.</summary>
    internal bool IsLossOf(int attempt) => Fault is TransitFault.Lost or TransitFault.Silent || (attempt > 0 && Fault is (TransitFault.NotConnected or TransitFault.NoWay));
}
