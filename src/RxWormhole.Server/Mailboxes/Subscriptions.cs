using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace RxWormhole.Server;

/// <summary>Which connections listen to which mailbox.</summary>
internal sealed class Subscriptions
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<MailboxAddress, Listeners> mailboxes = new();

    internal int Count => mailboxes.Count;

    internal ImmutableArray<MailboxConnection> Of(MailboxAddress mailbox) => mailboxes.TryGetValue(mailbox, out var listeners) ? listeners.Connections : [];

    internal void Add(MailboxAddress mailbox, MailboxConnection connection, DateTimeOffset now)
    {
        lock (gate)
            mailboxes[mailbox] = new Listeners(Of(mailbox).Add(connection), now);
    }

    internal void Remove(MailboxAddress mailbox, MailboxConnection connection)
    {
        lock (gate)
        {
            if (!mailboxes.TryGetValue(mailbox, out var listeners))
                return;
            var left = listeners.Connections.Remove(connection);
            if (left.IsEmpty)
                mailboxes.TryRemove(mailbox, out _);
            else
                mailboxes[mailbox] = listeners with { Connections = left };
        }
    }

    /// <summary>The mailboxes that are listened to and were not touched for longer, which from now on count as touched.</summary>
    internal IReadOnlyList<MailboxAddress> TouchOlderThan(TimeSpan age, DateTimeOffset now)
    {
        lock (gate)
        {
            MailboxAddress[] old = [.. mailboxes.Where(each => now - each.Value.Touched >= age).Select(each => each.Key).OrderBy(each => each.AppId, StringComparer.Ordinal).ThenBy(each => each.Mailbox, StringComparer.Ordinal)];
            foreach (var mailbox in old)
                mailboxes[mailbox] = mailboxes[mailbox] with { Touched = now };
            return old;
        }
    }

    private sealed record Listeners(ImmutableArray<MailboxConnection> Connections, DateTimeOffset Touched);
}
