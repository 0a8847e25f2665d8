namespace RxWormhole;

/// <summary>How far a transfer is.</summary>
public sealed record TransferProgress
{
    /// <summary>What is going on.</summary>
    public TransferStage Stage { get; init; }

    /// <summary>The bytes that were moved, those of an earlier attempt that is gone on with included.</summary>
    public long Bytes { get; init; }

    /// <summary>The bytes there are in all; null as long as nobody knows, because what is sent is a stream without a length.</summary>
    public long? Total { get; init; }

    /// <summary>Bytes a second, over the last seconds; 0 where that is not known yet.</summary>
    public double BytesPerSecond { get; init; }

    /// <summary>How long the rest takes at that rate; null where that is not known.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>How the two sides are connected; null as long as they are not.</summary>
    public TransitRoute? Route { get; init; }

    /// <summary>Where what was received is, once it is there; null before, and for a sender.</summary>
    public string? Path { get; init; }
}
