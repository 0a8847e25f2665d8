using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>A session came to a bad end, or was used in a way it cannot be. Its message says what happened and what to do, and holds no secret.</summary>
/// <remarks>
/// The derived types say more. This type itself stands for a peer or server that went beyond a bound of <see cref="WormholeBounds"/>
/// or sent what the protocol does not allow.
/// </remarks>
public class WormholeException : Exception
{
    internal WormholeException(string message, Mood mood, Exception? inner = null)
        : base(message, inner) => Mood = mood;

    /// <summary>The mood the session ended with, or would have.</summary>
    public Mood Mood { get; }
}
