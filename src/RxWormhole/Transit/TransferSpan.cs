namespace RxWormhole;

/// <summary>The part of a stream that moves, the rest of a whole of which an earlier attempt has moved the beginning.</summary>
/// <param name="Offset">The bytes that an earlier attempt moved; only counted, the stream stands behind them already.</param>
/// <param name="Length">The bytes that move now; null where only their end will tell, see <see cref="OpenEndedRecords"/>.</param>
internal readonly record struct TransferSpan(long Offset, long? Length)
{
    internal static TransferSpan OpenEnded { get; } = new(0, null);

    internal long? Total => Offset + Length;
}
