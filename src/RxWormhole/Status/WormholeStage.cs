namespace RxWormhole;

/// <summary>How far a session has come.</summary>
public enum WormholeStage
{
    /// <summary>Nothing was asked of it yet; it does nothing.</summary>
    Idle,

    /// <summary>A code is being made or typed.</summary>
    GettingCode,

    /// <summary>The code is known; the other side has not been seen.</summary>
    WaitingForPeer,

    /// <summary>The other side is there; whether it has the same code is not proven.</summary>
    Exchanging,

    /// <summary>Both sides have the same key.</summary>
    Paired,

    /// <summary>It is over, and being tidied up; <see cref="WormholeStatus.Outcome"/> says how it went.</summary>
    Closing,

    /// <summary>It is over and tidied up.</summary>
    Ended,
}
