using System.Collections.Immutable;
using RxWormhole.Protocol;

namespace RxWormhole.Testing;

/// <summary>The disk of a virtual server: what follows from a change waits until the change is on it. Used by one at a time.</summary>
/// <remarks>
/// In groups, as RxWormhole.Server's SqliteMailboxStore does it: while one transaction is on its way to the disk, what comes waits for the next and shares that.
/// There a command is carried out when its transaction begins and the next of its connection after that is durable; here at once, so that several of a connection may
/// share a transaction. What is durable is the beginning of what every connection said all the same, and nobody hears of what is not.
/// </remarks>
internal sealed class VirtualDisk(VirtualRendezvous rendezvous)
{
    private readonly AnswerRule rule = rendezvous.Options.Answers;
    private Transaction? writing;
    private Transaction? waiting;
    private bool hasRun;

    /// <summary>Carries out an operation, in the transaction that waits.</summary>
    internal OperationResult Run(IMailboxTransaction store, Operation operation, OperationContext context)
    {
        hasRun = true;
        if (writing is null)
            Write(writing = new Transaction(rendezvous.CopyData()));
        else
            waiting ??= new Transaction(rendezvous.CopyData());
        return rendezvous.Options.Run(store, operation, context);
    }

    /// <summary>Sends what followed from a frame of a connection, now or once it may be known.</summary>
    internal void Answer(int connection, ImmutableArray<Delivery> deliveries, bool hangUp)
    {
        var written = default((ServerMessage?, byte[]));
        var behind = hasRun ? waiting ?? writing : Last(connection);
        foreach (var delivery in deliveries)
        {
            if (behind is null || (hasRun && !rule.Waits(connection, delivery)))
                rendezvous.Send(delivery, ref written);
            else
                behind.Add(connection, delivery);
        }

        hasRun = false;
        if (hangUp)
            HangUp(connection);
    }

    /// <summary>Ends a connection behind what it is answered.</summary>
    internal void HangUp(int connection)
    {
        if (Last(connection) is { } behind)
            behind.Add(connection, null);
        else
            rendezvous.HangUp(connection);
    }

    /// <summary>The server stops: everything becomes durable, and nobody is told.</summary>
    internal void Finish() => writing = waiting = null;

    /// <summary>The server crashes: what is not durable is lost.</summary>
    internal void Lose()
    {
        if (writing is not null)
            rendezvous.RestoreData(writing.Before);
        Finish();
    }

    private void Write(Transaction transaction) => rendezvous.Later(rendezvous.Options.CommitDelay, () => Commit(transaction));

    private void Commit(Transaction transaction)
    {
        if (transaction != writing)
            return;
        (writing, waiting) = (waiting, null);
        if (writing is not null)
            Write(writing);
        var written = default((ServerMessage?, byte[]));
        foreach (var (connection, delivery) in transaction.Answers)
        {
            if (delivery is { } message)
                rendezvous.Send(message, ref written);
            else
                rendezvous.HangUp(connection);
        }
    }

    private Transaction? Last(int connection) =>
        waiting?.Answered.Contains(connection) is true ? waiting : writing?.Answered.Contains(connection) is true ? writing : null;

    /// <summary>Changes that become durable together.</summary>
    /// <param name="before">What was stored before them.</param>
    private sealed class Transaction(IReadOnlyDictionary<string, MemoryMailboxes> before)
    {
        internal IReadOnlyDictionary<string, MemoryMailboxes> Before => before;

        /// <summary>What goes out then, in order: a message, or null for the end of the connection.</summary>
        internal List<(int Connection, Delivery? Message)> Answers { get; } = [];

        /// <summary>Whose answers are among them.</summary>
        internal SortedSet<int> Answered { get; } = [];

        internal void Add(int connection, Delivery? message)
        {
            Answers.Add((connection, message));
            Answered.Add(connection);
        }
    }
}
