namespace RxWormhole.Protocol;

/// <summary>A store as the rules see it: one application's nameplates and mailboxes, within one transaction. No rule lives in a store.</summary>
public interface IMailboxTransaction
{
    /// <summary>The names of all nameplates, sorted as text.</summary>
    IReadOnlyCollection<string> Nameplates { get; }

    /// <summary>Finds a nameplate by its name.</summary>
    Nameplate? FindNameplate(string name);

    /// <summary>Finds the nameplate of which <see cref="Nameplate.IsWaitingFor"/> is true.</summary>
    Nameplate? FindWaiting(string side);

    /// <summary>Finds a mailbox by its id.</summary>
    Mailbox? FindMailbox(string id);

    /// <summary>Writes what differs between the two: saves, or deletes what is null afterwards. A mailbox's messages go with it.</summary>
    void Save(Meeting before, Meeting after);

    /// <summary>The messages of a mailbox in order of arrival.</summary>
    IReadOnlyList<ServerMessage.Message> Read(string mailbox);

    /// <summary>Stores a message behind the others.</summary>
    void Append(string mailbox, ServerMessage.Message message);
}
