using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>Keeps everything in memory: nothing outlives the process.</summary>
public sealed class MemoryMailboxStore : IMailboxStore
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, MemoryMailboxes> applications = new(StringComparer.Ordinal);
    private long size;
    private long count;

    /// <inheritdoc/>
    public long Size => Volatile.Read(ref size);

    /// <inheritdoc/>
    public long Count => Volatile.Read(ref count);

    /// <inheritdoc/>
    public void Submit(MailboxWork work)
    {
        ArgumentNullException.ThrowIfNull(work);
        lock (gate)
        {
            if (!applications.TryGetValue(work.AppId, out var mailboxes))
                applications.Add(work.AppId, mailboxes = new MemoryMailboxes());
            var (sizeBefore, countBefore) = (mailboxes.Size, mailboxes.Count);
            work.Run(mailboxes);
            size += mailboxes.Size - sizeBefore;
            count += mailboxes.Count - countBefore;
            if (mailboxes is { Nameplates.Count: 0, Count: 0 })
                applications.Remove(work.AppId);
            work.Committed();
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<MailboxAddress> FindExpired(DateTimeOffset now, int limit)
    {
        lock (gate)
        {
            return
            [
                .. applications
                    .SelectMany(each => each.Value.Expired(now).Take(limit).Select(id => (Address: new MailboxAddress(each.Key, id), each.Value.FindMailbox(id)!.Expires)))
                    .OrderBy(each => each.Expires)
                    .Take(limit)
                    .Select(each => each.Address),
            ];
        }
    }

    /// <inheritdoc/>
    public void Beat(DateTimeOffset now)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
