using RxWormhole.Protocol;

namespace RxWormhole.Testing;

/// <summary>What a <see cref="VirtualRendezvous"/> should be like. Immutable: several may be made with the same options.</summary>
public sealed record VirtualRendezvousOptions
{
    /// <summary>The time a frame takes from client to server, and as long back.</summary>
    /// <value>5 ms unless told otherwise; at least one tick, because a virtual clock orders what happens at one instant only by chance.</value>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>What every client is told first; a permission named here is required.</summary>
    /// <value>Nothing unless told otherwise. <see cref="VirtualRendezvous.Welcome"/> changes it later.</value>
    public WelcomeInfo Welcome { get; init; } = new();

    /// <summary>How long mailboxes are kept that nobody touches.</summary>
    /// <value>That of the reference server, eleven minutes, unless told otherwise; more than zero. Where it can be extended, the welcome says so.</value>
    public KeepPolicy Keep { get; init; } = KeepPolicy.Reference;

    /// <summary>How often the server looks for mailboxes whose time is over.</summary>
    /// <value>Five minutes unless told otherwise, as the reference server does; more than zero.</value>
    public TimeSpan PruneEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the server takes to make a change durable; what follows from the change goes out behind that.</summary>
    /// <value>Zero unless told otherwise: everything is durable at once. <see cref="VirtualRendezvous.Crash"/> loses what is not yet.</value>
    /// <remarks>
    /// As the real server does with its database, one change after another is written, and all that come meanwhile are written together with the next. Commands that only ask
    /// the store wait just as long. What needs no store, such as a <c>pong</c>, waits only behind what the same link was to be answered before.
    /// </remarks>
    public TimeSpan CommitDelay { get; init; }

    /// <summary>Where all randomness comes from: the server's, and that of the clients that <see cref="VirtualRendezvous.OptionsFor"/> sets up.</summary>
    /// <value>0 unless told otherwise. With the same seed and clock the same flow is the same in every run, frame for frame.</value>
    public int Seed { get; init; }

    /// <summary>Whether <see cref="VirtualRendezvous.Transcript"/> is written.</summary>
    /// <value>True unless told otherwise. Without it a rendezvous takes less time and memory, for whoever runs thousands of them.</value>
    public bool KeepsTranscript { get; init; } = true;

    /// <summary>Carries out the server's operations.</summary>
    internal Func<IMailboxTransaction, Operation, OperationContext, OperationResult> Run { get; init; } = MailboxOperations.Run;

    /// <summary>Decides which answers wait until a change is durable.</summary>
    internal AnswerRule Answers { get; init; } = AnswerRule.Correct;

    internal void Validate()
    {
        var problem =
            Latency < TimeSpan.FromTicks(1) ? "The latency must be at least one tick."
            : CommitDelay < TimeSpan.Zero ? "The time of a commit must not be negative."
            : PruneEvery <= TimeSpan.Zero ? "The time between two prunings must be more than zero."
            : Keep.Usual <= TimeSpan.Zero || Keep.Longest < Keep.Usual ? "Mailboxes must be kept for more than zero, and at the longest no shorter than usual."
            : Welcome is null ? "The welcome must not be null."
            : null;
        if (problem is not null)
            throw new ArgumentException(problem, "options");
    }
}
