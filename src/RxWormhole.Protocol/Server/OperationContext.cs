namespace RxWormhole.Protocol;

/// <summary>What an operation needs from outside: time and randomness come in as arguments.</summary>
/// <param name="Side">The side of the connection.</param>
/// <param name="Now">The time.</param>
/// <param name="Keep">How long mailboxes are kept.</param>
/// <param name="FreshMailbox">The id of a mailbox, if one has to be made: 13 characters of lower-case base32 from 8 random bytes.</param>
/// <param name="Random">64 random bits, to choose a nameplate with.</param>
public readonly record struct OperationContext(string Side, DateTimeOffset Now, KeepPolicy Keep, string FreshMailbox, ulong Random)
{
    /// <summary>How much a mailbox may hold.</summary>
    public MailboxQuota Quota { get; init; } = MailboxQuota.Unlimited;

    /// <summary>Why no mailbox may be made for this client, in words for it, or null where one may.</summary>
    public string? Refusal { get; init; }

    /// <summary>
    /// Whether a command may be the repetition of one whose answer was lost, as over HTTP: a <c>claim</c> after our own <c>release</c> is answered as long as
    /// the nameplate is there, and an <c>add</c> of a phase this side has with an equal body is echoed and not stored twice.
    /// </summary>
    public bool MayRepeat { get; init; }
}
