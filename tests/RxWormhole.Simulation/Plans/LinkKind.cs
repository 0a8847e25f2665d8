namespace RxWormhole.Simulation;

/// <summary>How a party is linked to its server.</summary>
internal enum LinkKind
{
    Push,
    Poll,
    HttpPush,
    HttpPoll,
}
