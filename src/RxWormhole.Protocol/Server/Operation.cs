namespace RxWormhole.Protocol;

/// <summary>What a server has to do in its store for a command that passed the checks of the connection it came over.</summary>
/// <remarks>The hierarchy is closed. Application and side are those of the connection.</remarks>
public abstract record Operation
{
    private Operation()
    {
    }

    /// <summary>List the application's nameplates, sorted as text.</summary>
    public sealed record List : Operation;

    /// <summary>Give the side a free nameplate, or the one it waits on already.</summary>
    public sealed record Allocate : Operation;

    /// <summary>Run <see cref="MailboxRules.Claim"/>.</summary>
    /// <param name="Nameplate">The nameplate.</param>
    /// <param name="Keep">The seconds asked for, or null.</param>
    public sealed record Claim(string Nameplate, int? Keep) : Operation;

    /// <summary>Run <see cref="MailboxRules.Release"/>.</summary>
    /// <param name="Nameplate">The nameplate.</param>
    public sealed record Release(string Nameplate) : Operation;

    /// <summary>Run <see cref="MailboxRules.Open"/>, send the connection what lies in the mailbox, and subscribe it.</summary>
    /// <param name="Mailbox">The mailbox.</param>
    /// <param name="Keep">The seconds asked for, or null.</param>
    /// <param name="Since">How many of the first messages to leave out.</param>
    public sealed record Open(string Mailbox, int? Keep, int Since = 0) : Operation;

    /// <summary>Run <see cref="MailboxRules.Add"/>, store the message, and tell all subscribers, the sender included.</summary>
    /// <param name="Mailbox">The mailbox.</param>
    /// <param name="Phase">The phase.</param>
    /// <param name="Body">The body, unchecked.</param>
    /// <param name="Id">The JSON text of the command's id.</param>
    public sealed record Add(string Mailbox, string Phase, string Body, string Id) : Operation;

    /// <summary>Run <see cref="MailboxRules.Close"/> and end the connection's subscription.</summary>
    /// <param name="Mailbox">The mailbox.</param>
    /// <param name="Mood">The mood, or null.</param>
    public sealed record Close(string Mailbox, string? Mood) : Operation;
}
