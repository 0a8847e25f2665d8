namespace RxWormhole.Simulation;

/// <summary>Where in the link script a link is when it is lost: what was said on it last that has no answer yet.</summary>
internal enum LossRow
{
    /// <summary>It is being made, or has no welcome yet.</summary>
    Dialling,

    /// <summary>Bound, and nothing asked for yet.</summary>
    Bound,

    /// <summary><c>allocate</c> is unanswered.</summary>
    Allocating,

    /// <summary><c>claim</c> is unanswered.</summary>
    Claiming,

    /// <summary><c>open</c> was sent, and its mark has not come back.</summary>
    Opening,

    /// <summary>An <c>add</c> has not come back.</summary>
    Adding,

    /// <summary>All is said and answered: waiting for the other side.</summary>
    Waiting,

    /// <summary><c>release</c> is unanswered.</summary>
    Releasing,

    /// <summary><c>close</c> is unanswered.</summary>
    Closing,
}
