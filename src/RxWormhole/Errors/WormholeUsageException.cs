using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>The wormhole was used in a way or at a moment it does not allow, for instance with a second code.</summary>
public sealed class WormholeUsageException : WormholeException
{
    internal WormholeUsageException(string message)
        : base(message, Mood.Errory)
    {
    }
}
