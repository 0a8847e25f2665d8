namespace RxWormhole.Protocol;

/// <summary>How much one mailbox may hold.</summary>
/// <param name="Messages">How many messages.</param>
/// <param name="Size">How many characters they may have together: <see cref="MailboxOperations.Size"/>.</param>
public readonly record struct MailboxQuota(int Messages, long Size)
{
    /// <summary>What the reference server does: anything goes.</summary>
    public static MailboxQuota Unlimited { get; } = new(int.MaxValue, long.MaxValue);
}
