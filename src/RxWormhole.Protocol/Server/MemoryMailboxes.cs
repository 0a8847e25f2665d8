namespace RxWormhole.Protocol;

/// <summary>One application's nameplates and mailboxes in memory: the simplest store there is. Not safe for use by several threads at once.</summary>
public sealed class MemoryMailboxes : IMailboxTransaction
{
    private readonly SortedDictionary<string, Nameplate> nameplates = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Mailbox> mailboxes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<ServerMessage.Message>> messages = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Nameplates => nameplates.Keys;

    /// <summary>The ids of all mailboxes, sorted as text.</summary>
    public IReadOnlyCollection<string> Mailboxes => mailboxes.Keys;

    /// <inheritdoc/>
    public Nameplate? FindNameplate(string name) => nameplates.GetValueOrDefault(name);

    /// <inheritdoc/>
    public Nameplate? FindWaiting(string side) => nameplates.Values.FirstOrDefault(nameplate => nameplate.IsWaitingFor(side));

    /// <inheritdoc/>
    public Mailbox? FindMailbox(string id) => mailboxes.GetValueOrDefault(id);

    /// <inheritdoc/>
    public void Save(Meeting before, Meeting after)
    {
        if (after.Nameplate is { } nameplate)
            nameplates[nameplate.Name] = nameplate;
        else if (before.Nameplate is { } released)
            nameplates.Remove(released.Name);

        if (after.Mailbox is { } mailbox)
        {
            mailboxes[mailbox.Id] = mailbox;
        }
        else if (before.Mailbox is { } closed)
        {
            mailboxes.Remove(closed.Id);
            messages.Remove(closed.Id);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ServerMessage.Message> Read(string mailbox) => messages.TryGetValue(mailbox, out var list) ? [.. list] : [];

    /// <inheritdoc/>
    public void Append(string mailbox, ServerMessage.Message message)
    {
        if (!messages.TryGetValue(mailbox, out var list))
            messages.Add(mailbox, list = []);
        list.Add(message);
    }
}
