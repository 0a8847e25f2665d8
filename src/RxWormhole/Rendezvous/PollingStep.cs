namespace RxWormhole;

/// <summary>One step of a <see cref="PollingSchedule"/>.</summary>
/// <param name="After">From which age of the session on it applies.</param>
/// <param name="Interval">The time from one poll to the next.</param>
public readonly record struct PollingStep(TimeSpan After, TimeSpan Interval);
