#pragma warning disable RS0030 // The one table of hash codes is never gone through unsorted; the cost of a command stays the same with ten thousand mailboxes.
namespace RxWormhole.Protocol;

/// <summary>One application's nameplates and mailboxes in memory: the simplest store there is. Not safe for use by several threads at once.</summary>
public sealed class MemoryMailboxes : IMailboxTransaction
{
    private readonly SortedDictionary<string, Nameplate> nameplates = new(StringComparer.Ordinal);

    // Looked up for every command, and never gone through unsorted.
    private readonly Dictionary<string, Entry> mailboxes = new(StringComparer.Ordinal);

    // What would take a search: the nameplates that a side waits on, the mailboxes in the order in which they expire, and how many nameplates are how long.
    private readonly SortedDictionary<string, SortedSet<string>> waiting = new(StringComparer.Ordinal);
    private readonly SortedSet<(DateTimeOffset Expires, string Id)> expiring = new(Comparer<(DateTimeOffset Expires, string Id)>.Create(Compare));
    private readonly int[] lengths = new int[WormholeCode.MaxNameplateLength + 1];

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Nameplates => nameplates.Keys;

    /// <summary>The ids of all mailboxes, sorted as text.</summary>
    public IReadOnlyCollection<string> Mailboxes => [.. mailboxes.Keys.Order(StringComparer.Ordinal)];

    /// <summary>How many mailboxes there are.</summary>
    public int Count => mailboxes.Count;

    /// <summary>How many characters all messages have together: <see cref="MailboxOperations.Size"/>.</summary>
    public long Size { get; private set; }

    /// <summary>The mailboxes whose time is over, the one that expired first in front. Ends where one has been touched or deleted meanwhile.</summary>
    public IEnumerable<string> Expired(DateTimeOffset now) => expiring.TakeWhile(each => each.Expires < now).Select(each => each.Id);

    /// <inheritdoc/>
    public Nameplate? FindNameplate(string name) => nameplates.GetValueOrDefault(name);

    /// <inheritdoc/>
    public int CountNameplates(int digits) => lengths[digits];

    /// <inheritdoc/>
    public Nameplate? FindWaiting(string side) => waiting.TryGetValue(side, out var names) ? nameplates[names.Min!] : null;

    /// <inheritdoc/>
    public Mailbox? FindMailbox(string id) => mailboxes.GetValueOrDefault(id)?.Mailbox;

    /// <inheritdoc/>
    public void Save(Meeting before, Meeting after)
    {
        if (!ReferenceEquals(before.Nameplate, after.Nameplate))
        {
            Remove(before.Nameplate);
            Add(after.Nameplate);
        }

        if (!ReferenceEquals(before.Mailbox, after.Mailbox))
        {
            Forget(before.Mailbox, isDeleted: after.Mailbox is null);
            Keep(after.Mailbox);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ServerMessage.Message> Read(string mailbox, int since = 0) =>
        mailboxes.GetValueOrDefault(mailbox)?.Messages is { } list && since < list.Count ? [.. list[since..]] : [];

    /// <inheritdoc/>
    public ServerMessage.Message? FindMessage(string mailbox, string side, string phase, string body) =>
        mailboxes.GetValueOrDefault(mailbox)?.Messages?.Find(each => each.Phase == phase && each.Side == side && each.Body == body);

    /// <inheritdoc/>
    public void Append(string mailbox, ServerMessage.Message message)
    {
        if (mailboxes.GetValueOrDefault(mailbox) is { } entry)
            (entry.Messages ??= []).Add(message);
    }

    /// <summary>Makes another one that holds the same and changes by itself.</summary>
    public MemoryMailboxes Copy()
    {
        var copy = new MemoryMailboxes();
        foreach (var nameplate in nameplates.Values)
            copy.Add(nameplate);
        foreach (var (id, entry) in mailboxes)
        {
            copy.Keep(entry.Mailbox);
            copy.mailboxes[id].Messages = entry.Messages is { } messages ? [.. messages] : null;
        }

        return copy;
    }

    private void Add(Nameplate? nameplate)
    {
        if (nameplate is null)
            return;
        nameplates.Add(nameplate.Name, nameplate);
        if (nameplate.Name[0] != '0')
            lengths[nameplate.Name.Length]++;
        if (nameplate.WaitingSide is not { } side)
            return;
        if (!waiting.TryGetValue(side, out var names))
            waiting.Add(side, names = new SortedSet<string>(StringComparer.Ordinal));
        names.Add(nameplate.Name);
    }

    private void Remove(Nameplate? nameplate)
    {
        if (nameplate is null || !nameplates.Remove(nameplate.Name))
            return;
        if (nameplate.Name[0] != '0')
            lengths[nameplate.Name.Length]--;
        if (nameplate.WaitingSide is { } side && waiting.TryGetValue(side, out var names) && names.Remove(nameplate.Name) && names.Count == 0)
            waiting.Remove(side);
    }

    private void Keep(Mailbox? mailbox)
    {
        if (mailbox is null)
            return;
        if (mailboxes.TryGetValue(mailbox.Id, out var entry))
            entry.Mailbox = mailbox;
        else
            mailboxes.Add(mailbox.Id, new Entry { Mailbox = mailbox });
        expiring.Add((mailbox.Expires, mailbox.Id));
        Size += mailbox.Size;
    }

    private void Forget(Mailbox? mailbox, bool isDeleted)
    {
        if (mailbox is null)
            return;
        expiring.Remove((mailbox.Expires, mailbox.Id));
        Size -= mailbox.Size;
        if (isDeleted)
            mailboxes.Remove(mailbox.Id);
    }

    private static int Compare((DateTimeOffset Expires, string Id) one, (DateTimeOffset Expires, string Id) other) =>
        one.Expires.CompareTo(other.Expires) is not 0 and var order ? order : string.CompareOrdinal(one.Id, other.Id);

    private sealed class Entry
    {
        internal required Mailbox Mailbox { get; set; }

        internal List<ServerMessage.Message>? Messages { get; set; }
    }
}
