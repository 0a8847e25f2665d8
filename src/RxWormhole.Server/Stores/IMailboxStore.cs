namespace RxWormhole.Server;

/// <summary>Where a mailbox server keeps nameplates, mailboxes and messages. It decides nothing: the rules run inside its transactions.</summary>
/// <remarks>
/// Nothing above a store is the truth about what it holds, so that one that several servers share needs no more than this, and to hand on what was added
/// through another server. A transaction concerns one application, and in it one nameplate and one mailbox at a time.
/// </remarks>
public interface IMailboxStore : IDisposable
{
    /// <summary>How many characters all messages have together, about: bodies, phases, sides and ids.</summary>
    long Size { get; }

    /// <summary>How many mailboxes there are, about.</summary>
    long Count { get; }

    /// <summary>Runs work in a transaction, now or soon. Returns at once; may be called by several threads.</summary>
    void Submit(MailboxWork work);

    /// <summary>Finds mailboxes whose time is over, those that expired first in front.</summary>
    /// <param name="now">The time.</param>
    /// <param name="limit">How many at most.</param>
    /// <returns>Which they are, or were: they may have been touched or deleted meanwhile.</returns>
    IReadOnlyList<MailboxAddress> FindExpired(DateTimeOffset now, int limit);

    /// <summary>Says that the server is there. What a store held while nobody said so for a while does not age meanwhile: a server that was down loses no mailbox by that.</summary>
    /// <param name="now">The time.</param>
    void Beat(DateTimeOffset now);
}
