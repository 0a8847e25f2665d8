namespace RxWormhole.Protocol;

/// <summary>What is wrong with a record.</summary>
public enum RecordFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Its length says that it has no room for nonce and tag.</summary>
    TooShort,

    /// <summary>Its length is above what is taken.</summary>
    TooLong,

    /// <summary>It is not the next one: it was left out, doubled, or moved.</summary>
    OutOfOrder,

    /// <summary>Its seal is broken: it was changed on the way, or sealed with another key.</summary>
    BrokenSeal,
}
