namespace RxWormhole.Protocol;

/// <summary>Carries out operations: loads the one nameplate and mailbox concerned, asks the rules, and saves.</summary>
public static class MailboxOperations
{
    /// <summary>Carries out one operation inside a transaction of the store.</summary>
    public static OperationResult Run(IMailboxTransaction store, Operation operation, OperationContext context)
    {
        ArgumentNullException.ThrowIfNull(store);
        return operation switch
        {
            Operation.List => new OperationResult(new ServerMessage.Nameplates([.. store.Nameplates])),
            Operation.Allocate => Allocate(store, context),
            Operation.Claim claim => Claim(store, claim.Nameplate, claim.Keep, allocated: false, context),
            Operation.Release release => Release(store, release, context),
            Operation.Open open => Open(store, open, context),
            Operation.Add add => Add(store, add, context),
            Operation.Close close => Close(store, close, context),
            _ => throw new ArgumentOutOfRangeException(nameof(operation)),
        };
    }

    /// <summary>Deletes a mailbox whose time is over, with its nameplate. Nobody is told.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="id">The mailbox.</param>
    /// <param name="isSubscribed">Whether somebody is subscribed to it just now, which counts as a touch.</param>
    /// <param name="now">The time.</param>
    /// <returns>What was deleted, or null where nothing was.</returns>
    public static Meeting? Prune(IMailboxTransaction store, string id, bool isSubscribed, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(store);
        var meeting = ByMailbox(store, id);
        if (meeting.Mailbox is not { } mailbox)
            return null;
        if (isSubscribed && now <= mailbox.Until)
        {
            store.Save(meeting, MailboxRules.Touch(meeting, now).After);
            return null;
        }

        if (!mailbox.IsExpired(now))
            return null;
        store.Save(meeting, default);
        return meeting;
    }

    /// <summary>How many characters of a message count: all that a client chose, so that nothing is stored for free.</summary>
    /// <param name="add">The operation that brings it.</param>
    /// <param name="side">Whose it is.</param>
    public static int Size(Operation.Add add, string side)
    {
        ArgumentNullException.ThrowIfNull(add);
        ArgumentNullException.ThrowIfNull(side);
        return side.Length + add.Phase.Length + add.Body.Length + add.Id.Length;
    }

    private static OperationResult Allocate(IMailboxTransaction store, OperationContext context)
    {
        if (store.FindWaiting(context.Side) is { } waiting)
            return new OperationResult(new ServerMessage.Allocated(waiting.Name));
        var name = NameplateAllocation.Choose(digits => store.CountNameplates(digits), candidate => store.FindNameplate(candidate) is not null, context.Random);
        if (name is null)
            return new OperationResult(null, "no nameplate is free");
        var result = Claim(store, name, null, allocated: true, context);
        return result.Refusal is null ? result with { Reply = new ServerMessage.Allocated(name) } : result;
    }

    private static OperationResult Claim(IMailboxTransaction store, string name, int? keep, bool allocated, OperationContext context)
    {
        var meeting = ByNameplate(store, name);
        var ruling = MailboxRules.Claim(
            meeting, name, context.Side, context.FreshMailbox, allocated, context.Now, context.Keep.Grant(keep), context.Keep.Until(context.Now));
        if (ruling.Refusal == MailboxRules.Reclaimed && context.MayRepeat)
            return new OperationResult(new ServerMessage.Claimed(meeting.Nameplate!.Mailbox)) { Before = meeting, After = meeting };
        return Save(store, meeting, Allow(meeting, ruling, context), after => new ServerMessage.Claimed(after.Mailbox!.Id));
    }

    private static OperationResult Release(IMailboxTransaction store, Operation.Release release, OperationContext context)
    {
        var meeting = ByNameplate(store, release.Nameplate);
        return Save(store, meeting, MailboxRules.Release(meeting, context.Side), _ => new ServerMessage.Released());
    }

    private static OperationResult Open(IMailboxTransaction store, Operation.Open open, OperationContext context)
    {
        var meeting = ByMailbox(store, open.Mailbox);
        var ruling = MailboxRules.Open(meeting, open.Mailbox, context.Side, context.Now, context.Keep.Grant(open.Keep), context.Keep.Until(context.Now));
        var result = Save(store, meeting, Allow(meeting, ruling, context), _ => null);
        return result.Refusal is null ? result with { Replay = store.Read(open.Mailbox, open.Since) } : result;
    }

    private static OperationResult Add(IMailboxTransaction store, Operation.Add add, OperationContext context)
    {
        var meeting = ByMailbox(store, add.Mailbox);
        if (context.MayRepeat && store.FindMessage(add.Mailbox, context.Side, add.Phase, add.Body) is { } known)
            return new OperationResult(known) { Before = meeting, After = meeting };
        var result = Save(store, meeting, MailboxRules.Add(meeting, Size(add, context.Side), context.Now, context.Quota), _ => null);
        if (result.Refusal is not null)
            return result;
        var received = (context.Now - DateTimeOffset.UnixEpoch).TotalSeconds;
        var message = new ServerMessage.Message(context.Side, add.Phase, add.Body, add.Id, received);
        store.Append(add.Mailbox, message);
        return result with { Added = message };
    }

    private static OperationResult Close(IMailboxTransaction store, Operation.Close close, OperationContext context)
    {
        var meeting = ByMailbox(store, close.Mailbox);
        return Save(store, meeting, MailboxRules.Close(meeting, context.Side, close.Mood), _ => new ServerMessage.Closed());
    }

    private static OperationResult Save(IMailboxTransaction store, Meeting before, Ruling ruling, Func<Meeting, ServerMessage?> reply)
    {
        if (ruling.Refusal is not null)
            return new OperationResult(null, ruling.Refusal);
        store.Save(before, ruling.After);
        return new OperationResult(reply(ruling.After)) { Before = before, After = ruling.After };
    }

    // Whoever has too many mailboxes makes no more, but may take part in those that are there.
    private static Ruling Allow(Meeting meeting, Ruling ruling, OperationContext context) =>
        meeting.Mailbox is null && ruling.Refusal is null && context.Refusal is not null ? new Ruling(meeting, context.Refusal) : ruling;

    private static Meeting ByNameplate(IMailboxTransaction store, string name) =>
        store.FindNameplate(name) is { } nameplate ? new Meeting(nameplate, store.FindMailbox(nameplate.Mailbox)) : default;

    // A nameplate that has come to point elsewhere since is not this mailbox's any more.
    private static Meeting ByMailbox(IMailboxTransaction store, string id)
    {
        var mailbox = store.FindMailbox(id);
        var nameplate = mailbox?.Nameplate is { } name ? store.FindNameplate(name) : null;
        return new Meeting(nameplate?.Mailbox == id ? nameplate : null, mailbox);
    }
}
