namespace RxWormhole;

/// <summary>How far a transfer is.</summary>
public enum TransferStage
{
    /// <summary>The other side has not answered yet.</summary>
    Waiting,

    /// <summary>It agreed, and a connection is being made.</summary>
    Connecting,

    /// <summary>Bytes move.</summary>
    Moving,

    /// <summary>All bytes were moved; the other side has yet to say that it has them, or we have yet to put them in their place.</summary>
    Finishing,

    /// <summary>It is done.</summary>
    Done,
}
