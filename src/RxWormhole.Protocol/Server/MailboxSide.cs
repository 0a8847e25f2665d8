namespace RxWormhole.Protocol;

/// <summary>One side's part in a mailbox.</summary>
/// <param name="Side">The side.</param>
/// <param name="IsOpen">Whether it has not closed the mailbox.</param>
/// <param name="Mood">The mood it closed with, or null.</param>
public readonly record struct MailboxSide(string Side, bool IsOpen, string? Mood);
