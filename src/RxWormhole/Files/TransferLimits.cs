namespace RxWormhole;

/// <summary>How long the two sides of a transfer wait for each other where no bytes move.</summary>
internal static class TransferLimits
{
    /// <summary>How many connections in a row may be lost or not even made without a byte more at the other side.</summary>
    internal const int MostFruitless = 10;

    /// <summary>How long the other side may take to unpack what it got and say so, or to read again what it has sent before.</summary>
    internal static TimeSpan Confirmation { get; } = TimeSpan.FromMinutes(10);

    /// <summary>How long to wait for the confirmation of nothing at all.</summary>
    internal static TimeSpan Nudge { get; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the other side may take to notice a loss, to give up connecting, and to say what it has.</summary>
    internal static TimeSpan Reconnection { get; } = TimeSpan.FromMinutes(5);

    /// <summary>How long to wait before another connection, the longer the more of them came to nothing.</summary>
    internal static TimeSpan Pause(int fruitless) => TimeSpan.FromSeconds(fruitless == 0 ? 0 : Math.Min(1 << (fruitless - 1), 60));
}
