using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>The other side does not have the same code: a typing mistake, somebody guessing, or somebody in between.</summary>
/// <remarks>Each guess costs the code. Do not try the same one again: agree on a new one.</remarks>
public sealed class WrongCodeException : WormholeException
{
    internal WrongCodeException(string what)
        : base($"The other side does not have the same code ({what}). Agree on a new code and try again; if it happens twice, somebody may be guessing.", Mood.Scary)
    {
    }
}
