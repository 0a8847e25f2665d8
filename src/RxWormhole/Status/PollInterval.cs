namespace RxWormhole;

/// <summary>Poll mode: how often the server is asked at present.</summary>
/// <param name="InForce">The time between two polls.</param>
/// <param name="Cap">The longest time the server allows without forgetting the mailbox: half of what it keeps one.</param>
public sealed record PollInterval(TimeSpan InForce, TimeSpan Cap);
