using RxWormhole.Protocol;

namespace RxWormhole.Simulation;

/// <summary>Servers that break their rules.</summary>
internal static class BrokenServer
{
    // As a server does that writes down who comes before it counts them: from then on everybody is one too many.
    internal static OperationResult RecordsThirdSide(IMailboxTransaction store, Operation operation, OperationContext context)
    {
        if (operation is Operation.Open open && store.FindMailbox(open.Mailbox) is { Sides.Length: > 2 })
            return new OperationResult(null, "crowded");
        var result = MailboxOperations.Run(store, operation, context);
        if (operation is not Operation.Claim claim || result.Refusal is null || store.FindNameplate(claim.Nameplate) is not { } nameplate
            || store.FindMailbox(nameplate.Mailbox) is not { Sides.Length: 2 } mailbox)
            return result;
        store.Save(new Meeting(nameplate, mailbox), new Meeting(nameplate, mailbox with { Sides = mailbox.Sides.Add(mailbox.Sides[0] with { Side = context.Side }) }));
        return result;
    }

    // Whoever asks for a nameplate is given one that is in use, where there is one.
    internal static OperationResult AllocatesTaken(IMailboxTransaction store, Operation operation, OperationContext context)
    {
        if (operation is not Operation.Allocate || store.Nameplates.FirstOrDefault() is not { } taken)
            return MailboxOperations.Run(store, operation, context);
        MailboxOperations.Run(store, new Operation.Claim(taken, null), context);
        return new OperationResult(new ServerMessage.Allocated(taken));
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
        return operation is Operation.Add && result.Added is not null ? new OperationResult(null, Replay: []) : result;
    }
}
