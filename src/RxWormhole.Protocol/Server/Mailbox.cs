using System.Collections.Immutable;

namespace RxWormhole.Protocol;

/// <summary>A mailbox on the server, without its messages: those are the store's to keep, and no rule looks into them.</summary>
/// <param name="Id">The mailbox id.</param>
/// <param name="Nameplate">The nameplate that points at it, or null.</param>
/// <param name="Sides">The sides that ever took part, at most two.</param>
/// <param name="Touched">When somebody last claimed, opened or added.</param>
/// <param name="Keep">How long it is kept after the last touch.</param>
public sealed record Mailbox(string Id, string? Nameplate, ImmutableArray<MailboxSide> Sides, DateTimeOffset Touched, TimeSpan Keep)
{
    /// <summary>When it ends whoever is there, or <see cref="DateTimeOffset.MaxValue"/> where only the last touch counts.</summary>
    public DateTimeOffset Until { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>How many messages it holds.</summary>
    public int Messages { get; init; }

    /// <summary>How many characters its messages have together: <see cref="MailboxOperations.Size"/>.</summary>
    public long Size { get; init; }

    /// <summary>The last moment at which it is kept if nobody touches it any more. What a store finds expired mailboxes by.</summary>
    public DateTimeOffset Expires => Until - Touched < Keep ? Until : Touched + Keep;

    /// <summary>Says whether its time is over. A subscriber's presence counts as a touch; the host knows of those.</summary>
    public bool IsExpired(DateTimeOffset now) => now > Expires;
}
