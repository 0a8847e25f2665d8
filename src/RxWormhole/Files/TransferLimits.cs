namespace RxWormhole;

/// <summary>How long the two sides of a transfer wait for each other where no bytes move.</summary>
internal static class TransferLimits
{
    /// <summary>How many connections there may be in place of lost ones.</summary>
    internal const int MostAttempts = 20;

    /// <summary>How long the other side may take to unpack what it got and say so, or to read again what it has sent before.</summary>
    internal static TimeSpan Confirmation { get; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the other side may take to notice a loss and to say what it has.</summary>
    internal static TimeSpan Reconnection { get; } = TimeSpan.FromMinutes(2);
}
