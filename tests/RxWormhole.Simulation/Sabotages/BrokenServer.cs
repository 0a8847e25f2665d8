using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>Servers that break their rules.</summary>
internal static class BrokenServer
{
    // The third one is in the books in place of one of the two, who is refused when it comes back.
    internal static OperationResult RecordsThirdSide(IMailboxTransaction store, Operation operation, OperationContext context)
    {
        var result = MailboxOperations.Run(store, operation, context);
        if (operation is not Operation.Claim claim || result.Refusal is null || store.FindNameplate(claim.Nameplate) is not { Sides.Length: 2 } nameplate)
            return result;
        var mailbox = store.FindMailbox(nameplate.Mailbox);
        var sides = nameplate.Sides.SetItem(0, new NameplateSide(context.Side, IsClaimed: true));
        store.Save(new Meeting(nameplate, mailbox), new Meeting(nameplate with { Sides = sides }, mailbox));
        return result;
    }

    internal static OperationResult ForgetsHolder(IMailboxTransaction store, Operation operation, OperationContext context)
    {
        if (operation is Operation.Release release && store.FindNameplate(release.Nameplate) is { } nameplate)
            store.Save(new Meeting(nameplate, null), default);
        return MailboxOperations.Run(store, operation, context);
    }

    internal static OperationResult DropsMessages(IMailboxTransaction store, Operation operation, OperationContext context)
    {
        var result = MailboxOperations.Run(store, operation, context);
        return operation is Operation.Open && result.Replay is { Count: > 0 } replay && context.Random % 40 == 0
            ? result with { Replay = [.. replay.Skip(1)] }
            : result;
    }

    // What was added is there, and nobody is told.
    internal static OperationResult ForgetsAdded(IMailboxTransaction store, Operation operation, OperationContext context)
    {
        var result = MailboxOperations.Run(store, operation, context);
        return operation is Operation.Add && result.Added is not null ? new OperationResult(new ServerMessage.Pong("")) : result;
    }
}
