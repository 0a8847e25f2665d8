namespace RxWormhole;

/// <summary>How a session keeps in touch with the rendezvous server.</summary>
public enum LinkMode
{
    /// <summary>One link that stays; messages arrive at once.</summary>
    Push,

    /// <summary>A short link now and then, as <see cref="WormholeOptions.Schedule"/> says, and whenever there is something to send.</summary>
    Poll,
}
