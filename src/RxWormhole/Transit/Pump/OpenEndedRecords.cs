namespace RxWormhole;

/// <summary>How bytes whose number nobody knows are cut into records, between two of ours.</summary>
/// <remarks>
/// A record has one byte more than it holds, which means nothing. So an empty record is free to be the end, and that can be told before it is opened; and a record that holds nothing
/// says that the sender is still there, which a source that lets it wait would make doubtful. A connection that ends without the empty record has lost something.
/// </remarks>
internal static class OpenEndedRecords
{
    /// <summary>The byte more.</summary>
    internal const int Padding = 1;

    /// <summary>How long a sender waits for its source before it says that it is still there.</summary>
    /// <remarks>A sixth of the time that a receiver waits, unless it was told otherwise.</remarks>
    internal static TimeSpan Pause { get; } = TimeSpan.FromSeconds(10);
}
