using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>What was asked for cannot come any more, because the session was closed or disposed of before.</summary>
public sealed class WormholeClosedException : WormholeException
{
    internal WormholeClosedException(Mood mood)
        : base("The wormhole was closed before this came. What had arrived before is still there to be read.", mood)
    {
    }
}
