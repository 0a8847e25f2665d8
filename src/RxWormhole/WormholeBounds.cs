namespace RxWormhole;

/// <summary>How much a session takes from a peer and a server it has no reason to trust. Beyond a bound the session ends, naming it.</summary>
public sealed record WormholeBounds
{
    /// <summary>The longest message, in bytes, in either direction: 1 MiB.</summary>
    public int MessageBytes { get; init; } = 1 << 20;

    /// <summary>All messages of a session together, in bytes, for each direction: 64 MiB.</summary>
    public long SessionBytes { get; init; } = 64L << 20;

    /// <summary>The number of messages of a session, for each direction: 10,000.</summary>
    public int SessionMessages { get; init; } = 10_000;

    /// <summary>How many messages are held that arrived before one of a lower number: 100.</summary>
    public int HeldMessages { get; init; } = 100;

    /// <summary>The hardest hashcash stamp that is worked for, in bits: 24, some ten seconds of one core.</summary>
    public int HashcashBits { get; init; } = 24;

    internal IEnumerable<string> Problems()
    {
        if (MessageBytes < 1)
            yield return "Bounds.MessageBytes must be at least 1";
        if (SessionBytes < MessageBytes)
            yield return "Bounds.SessionBytes must be at least Bounds.MessageBytes";
        if (SessionMessages < 1)
            yield return "Bounds.SessionMessages must be at least 1";
        if (HeldMessages < 0)
            yield return "Bounds.HeldMessages must not be negative";
        if (HashcashBits is < 0 or > Protocol.Hashcash.MaxBits)
            yield return $"Bounds.HashcashBits must be between 0 and {Protocol.Hashcash.MaxBits}";
    }
}
