namespace RxWormhole.Protocol;

/// <summary>A store as the rules see it: one application's nameplates and mailboxes, within one transaction. No rule lives in a store.</summary>
public interface IMailboxTransaction
{
    /// <summary>The names of all nameplates, sorted as text.</summary>
    IReadOnlyCollection<string> Nameplates { get; }

    /// <summary>Finds a nameplate by its name.</summary>
    Nameplate? FindNameplate(string name);

    /// <summary>Counts the nameplates with that many digits that do not begin with 0.</summary>
    int CountNameplates(int digits);

    /// <summary>Finds a nameplate of which this is the <see cref="Nameplate.WaitingSide"/>.</summary>
    Nameplate? FindWaiting(string side);

    /// <summary>Finds a mailbox by its id.</summary>
    Mailbox? FindMailbox(string id);

    /// <summary>Writes what differs between the two: saves, or deletes what is null afterwards. A mailbox's messages go with it.</summary>
    void Save(Meeting before, Meeting after);

    /// <summary>The messages of a mailbox in order of arrival.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="since">How many of the first to leave out.</param>
    IReadOnlyList<ServerMessage.Message> Read(string mailbox, int since = 0);

    /// <summary>Finds the first message of a mailbox that has all of these, without reading the others.</summary>
    ServerMessage.Message? FindMessage(string mailbox, string side, string phase, string body);

    /// <summary>Stores a message behind the others.</summary>
    void Append(string mailbox, ServerMessage.Message message);
}
